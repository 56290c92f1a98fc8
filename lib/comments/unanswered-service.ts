import { itemFacts } from '@/lib/agenda/view.ts'
import { db } from '@/lib/db.ts'
import { type Actor, membershipIn, subjectIn } from '@/lib/identity/schema.ts'
import { canReadThread } from './rules.ts'
import * as store from './store.ts'

/** How many open conversations of each of these meetings the actor may read whose last word is somebody else's. */
export async function countUnanswered(actor: Actor, meetingIds: string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { item, comments, ...thread } of await store.findOpenThreads(db(), meetingIds)) {
    const { id, bodyId, body } = item.meeting
    const reader = {
      userId: actor.userId,
      subject: subjectIn(actor, bodyId),
      politicalGroup: membershipIn(actor, bodyId)?.politicalGroup ?? null,
      groupsAreOpen: body.groupsAreOpen,
    }
    const [last] = comments
    if (!last || last.userId === actor.userId) continue
    if (canReadThread(reader, thread, itemFacts(item, item.meeting)))
      counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}
