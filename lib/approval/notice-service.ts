import type { ExactItem } from '@/lib/agenda/service.ts'
import type { Db } from '@/lib/db.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { canItem } from '@/lib/identity/rules.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { notify } from '@/lib/notices/service.ts'

/** Tells who wrote an item that it was returned: its caseworkers in the secretariat, or all of it where none is known. */
export async function tellOfReturn(
  tx: Db,
  { exact, verdictId, actorId, now }: { exact: ExactItem; verdictId: string; actorId: string; now: Date },
): Promise<void> {
  const { bodyId, meetingId, itemId, facts, content } = exact
  const members = await membersNow(tx, { bodyId, today: dayOf(now) })
  const office = members.filter((member) => member.role === 'secretariat' && canItem(member, 'read', facts))
  const wrote = new Set(content.caseworkers.map((initials) => initials.toLowerCase()))
  const writers = office.filter(({ initials }) => wrote.has(initials.toLowerCase()))
  await notify(
    tx,
    (writers.length > 0 ? writers : office).map(({ userId }) => ({
      userId,
      bodyId,
      kind: 'item-returned',
      meetingId,
      itemId,
      subjectId: verdictId,
      actorId,
    })),
  )
}
