import type { Db } from '@/lib/db.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { notify } from '@/lib/notices/service.ts'
import { canRead, type JudgedThread, memberAsReader } from './access-service.ts'
import { canReadWords } from './rules.ts'

/**
 * Tells who took part in a thread that it was answered, as far as they may read it and the answer now. Call it behind
 * the thread's lock, in the transaction of the answer.
 */
export async function tellOfAnswer(
  tx: Db,
  { thread, bodyId, meetingId, facts, reader }: JudgedThread,
  { commentId, actorId, at }: { commentId: string; actorId: string; at: Date },
): Promise<void> {
  const took = new Set([thread.createdById, ...thread.comments.map(({ userId }) => userId)])
  const members = await membersNow(tx, { bodyId, today: dayOf(at) })
  const told = members.filter((member) => {
    if (!took.has(member.userId)) return false
    const own = memberAsReader(member, reader.groupsAreOpen)
    return canRead(own, thread, facts) && canReadWords(own, thread.changes, at)
  })
  await notify(
    tx,
    told.map(({ userId }) => ({
      userId,
      bodyId,
      kind:
        thread.kind === 'question' && userId === thread.createdById
          ? 'question-answered'
          : 'comment-answered',
      meetingId,
      itemId: thread.itemId,
      subjectId: commentId,
      actorId,
    })),
    () => at,
  )
}
