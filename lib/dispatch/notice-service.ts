import type { Db } from '@/lib/db.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { canBody, canItem } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { type NoticeKind, notify } from '@/lib/notices/service.ts'

type Told = {
  actor: Actor
  now: Date
  outgoing: {
    agenda: { meeting: { id: string }; body: { id: string } }
    kind: 'agenda' | 'supplement'
    /** The how-manieth of its kind, which is what it is called by. */
    ordinal: number
    editionId: string
    items: { item: { itemId: string; frame: { visibility: 'open' | 'closed' } } }[]
  }
}

/** Tells those of the body who may read something of what was sent that it was. */
export async function tellOfDispatch(tx: Db, { actor, now, outgoing }: Told): Promise<void> {
  const { agenda, kind, ordinal, editionId, items } = outgoing
  const bodyId = agenda.body.id
  const members = await membersNow(tx, { bodyId, today: dayOf(now) })
  const readers = members.filter(
    (member) =>
      canBody(member, 'readAgenda') &&
      items.some(({ item }) =>
        canItem(member, 'readSent', {
          id: item.itemId,
          phase: 'frozen',
          visibility: item.frame.visibility,
        }),
      ),
  )
  await notify(
    tx,
    readers.map(({ userId }) => ({
      userId,
      bodyId,
      kind: noticeKind(kind, ordinal),
      meetingId: agenda.meeting.id,
      itemId: null,
      subjectId: editionId,
      actorId: actor.userId,
      data: { number: ordinal },
    })),
  )
}

function noticeKind(kind: 'agenda' | 'supplement', ordinal: number): NoticeKind {
  if (kind === 'supplement') return 'supplement-dispatched'
  return ordinal === 1 ? 'agenda-dispatched' : 'edition-dispatched'
}
