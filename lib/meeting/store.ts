import type { Db } from '@/lib/db.ts'
import type { Prisma } from '@/prisma/client/client.ts'

const meetingShape = {
  id: true,
  startsAt: true,
  place: true,
  state: true,
  body: { select: { id: true, name: true, slug: true } },
  items: { where: { deletedAt: null, section: { deletedAt: null } }, select: { submittedAt: true } },
} satisfies Prisma.MeetingSelect

/** A meeting with its body and, for each item that is not deleted, when it was sent to review. */
export type MeetingRow = Prisma.MeetingGetPayload<{ select: typeof meetingShape }>

/** The meetings of some bodies, the latest first. */
export function findMeetings(db: Db, bodyIds: string[]): Promise<MeetingRow[]> {
  return db.meeting.findMany({
    where: { bodyId: { in: bodyIds } },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    select: meetingShape,
  })
}
