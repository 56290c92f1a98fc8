import { askOn, type Db } from '@/lib/db.ts'
import type { Template } from './schema.ts'

/** The meetings of some bodies, the latest first. */
export function findMeetings(db: Db, bodyIds: string[]) {
  return db.meeting.findMany({
    where: { bodyId: { in: bodyIds } },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    select: {
      id: true,
      bodyId: true,
      startsAt: true,
      place: true,
      state: true,
      revision: true,
      editionCount: true,
    },
  })
}

/** A meeting as `findMeetings` reads it. */
export type MeetingRow = Awaited<ReturnType<typeof findMeetings>>[number]

/** How many items of a meeting are alike in what decides the rights to them. */
export type ItemCount = {
  meetingId: string
  visibility: 'open' | 'closed'
  submitted: boolean
  sent: boolean
  items: number
}

/** Counts the items of some bodies that are not deleted, where they lie: a body has thousands of them. */
export function countItems(db: Db, bodyIds: string[]): Promise<ItemCount[]> {
  return askOn(db)<ItemCount>(
    `SELECT i."meetingId", i."visibility", i."submittedAt" IS NOT NULL AS submitted,
      i."sentVersionId" IS NOT NULL AS sent, count(*)::int AS items
    FROM "Item" i JOIN "Section" s ON s."id" = i."sectionId" JOIN "Meeting" m ON m."id" = i."meetingId"
    WHERE m."bodyId" = ANY ($1::text[]) AND i."deletedAt" IS NULL AND s."deletedAt" IS NULL
    GROUP BY 1, 2, 3, 4`,
    [bodyIds],
  )
}

/** Reads a body's template as it lies in its JSON column, or null where it has saved none. */
export function findTemplate(db: Db, bodyId: string) {
  return db.template.findUnique({ where: { bodyId }, select: { content: true, revision: true } })
}

/** Writes a template over the revision its editor saw, 0 for none; false when another one was faster. */
export async function writeTemplate(
  db: Db,
  { bodyId, revision, content, now }: { bodyId: string; revision: number; content: Template; now: Date },
): Promise<boolean> {
  if (revision === 0) {
    const made = await db.template.createMany({
      data: [{ bodyId, content, updatedAt: now }],
      skipDuplicates: true,
    })
    return made.count === 1
  }
  const written = await db.template.updateMany({
    where: { bodyId, revision },
    data: { content, revision: revision + 1, updatedAt: now },
  })
  return written.count === 1
}

/** The meeting of a body that begins last before a time, or null. */
export function findPrevious(db: Db, { bodyId, before }: { bodyId: string; before: Date }) {
  return db.meeting.findFirst({
    where: { bodyId, startsAt: { lt: before } },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    select: { id: true, startsAt: true, minutesSentOn: true },
  })
}

/** The meetings of some bodies by when they are and when their minutes were sent, the latest first. */
export function findPlanned(db: Db, bodyIds: string[]) {
  return db.meeting.findMany({
    where: { bodyId: { in: bodyIds } },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    select: { id: true, bodyId: true, startsAt: true, place: true, minutesSentOn: true },
  })
}

/** Notes the day a meeting's minutes were sent. */
export async function updateMinutesSent(db: Db, id: string, minutesSentOn: Date): Promise<void> {
  await db.meeting.update({ where: { id }, data: { minutesSentOn } })
}

/** A person's calendar address by when it was made, or null. */
export function findFeed(db: Db, userId: string) {
  return db.calendarFeed.findUnique({ where: { userId }, select: { createdAt: true } })
}

/** Whose calendar an address is, by the hash of its token, and their language; null where there is none. */
export function findFeedByToken(db: Db, tokenHash: string) {
  return db.calendarFeed.findUnique({
    where: { tokenHash },
    select: { userId: true, user: { select: { locale: true } } },
  })
}

/** Keeps a person's one calendar address by its hash. */
export async function writeFeed(
  db: Db,
  { userId, ...feed }: { userId: string; tokenHash: string; createdAt: Date },
): Promise<void> {
  await db.calendarFeed.upsert({ where: { userId }, create: { userId, ...feed }, update: feed })
}

/** Forgets a person's calendar address and answers how many there were. */
export async function deleteFeed(db: Db, userId: string): Promise<number> {
  const { count } = await db.calendarFeed.deleteMany({ where: { userId } })
  return count
}

/** The meetings of some bodies from a time on with their bodies' deadlines, the earliest first. */
export function findCalendarMeetings(db: Db, { bodyIds, from }: { bodyIds: string[]; from: Date }) {
  return db.meeting.findMany({
    where: { bodyId: { in: bodyIds }, startsAt: { gte: from } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      bodyId: true,
      startsAt: true,
      place: true,
      createdAt: true,
      body: { select: { name: true, agendaDays: true, materialDays: true, saturdayCounts: true } },
    },
  })
}

/** A meeting with its sections and items in order, by what templates and the next meeting's list ask of them; null where there is none. */
export function findOutline(db: Db, meetingId: string) {
  return db.meeting.findUnique({
    where: { id: meetingId },
    select: {
      id: true,
      bodyId: true,
      startsAt: true,
      state: true,
      revision: true,
      editionCount: true,
      lastSection: true,
      sections: {
        where: { deletedAt: null },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        select: {
          id: true,
          title: true,
          templateKey: true,
          frozenNumber: true,
          lastItem: true,
          items: {
            where: { deletedAt: null },
            orderBy: [{ position: 'asc' }, { id: 'asc' }],
            select: {
              id: true,
              title: true,
              content: true,
              visibility: true,
              templateKey: true,
              standing: true,
              submittedAt: true,
              sentVersionId: true,
              frozenNumber: true,
            },
          },
        },
      },
    },
  })
}

/** A meeting as `findOutline` reads it. */
export type OutlineRow = NonNullable<Awaited<ReturnType<typeof findOutline>>>

/** The meeting of a body that begins first after a time, or null. */
export function findNext(db: Db, { bodyId, after }: { bodyId: string; after: Date }) {
  return db.meeting.findFirst({
    where: { bodyId, startsAt: { gt: after } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
}
