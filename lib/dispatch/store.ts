import type { ExactWords } from '@/lib/agenda/diff.ts'
import type { Db } from '@/lib/db.ts'
import { sentItemSchema } from './schema.ts'

/** What was sent of a meeting, the oldest first, without its text. */
export function findEditions(db: Db, meetingId: string) {
  return db.edition.findMany({
    where: { meetingId },
    orderBy: { number: 'asc' },
    select: {
      id: true,
      number: true,
      kind: true,
      ordinal: true,
      createdAt: true,
      items: {
        orderBy: { position: 'asc' },
        select: { itemId: true, number: true, contentHash: true, item: { select: { title: true } } },
      },
    },
  })
}

const itemFacts = {
  id: true,
  visibility: true,
  publicTitle: true,
  submittedAt: true,
  sentVersionId: true,
  generation: true,
  deletedAt: true,
  section: { select: { deletedAt: true } },
} as const

const meetingFacts = { bodyId: true, state: true, revision: true, editionCount: true } as const

/** What was sent of a meeting, the oldest first, with its text and with what decides the rights to each item now. */
export function readEditions(db: Db, meetingId: string) {
  return db.edition.findMany({
    where: { meetingId },
    orderBy: { number: 'asc' },
    include: { items: { orderBy: { position: 'asc' }, include: { item: { select: itemFacts } } } },
  })
}

/** An edition's row with its items' rows, as `readEditions` reads it. */
export type EditionRow = Awaited<ReturnType<typeof readEditions>>[number]

/** A meeting with the body's deadlines and what decides the phase of its items, or null. */
export function findMeeting(db: Db, meetingId: string) {
  return db.meeting.findUnique({
    where: { id: meetingId },
    select: {
      id: true,
      bodyId: true,
      startsAt: true,
      place: true,
      state: true,
      revision: true,
      editionCount: true,
      lastSection: true,
      body: {
        select: {
          id: true,
          slug: true,
          name: true,
          agendaDays: true,
          materialDays: true,
          saturdayCounts: true,
        },
      },
    },
  })
}

/** Meetings that are prepared and begin within a time, of all bodies. */
export function findPrepared(db: Db, between: { from: Date; to: Date }) {
  return db.meeting.findMany({
    where: { state: 'preparing', startsAt: { gte: between.from, lte: between.to } },
    orderBy: { startsAt: 'asc' },
    select: { id: true },
  })
}

/** An edition about to be kept; `record` is canonical JSON and `hash` its SHA-256 in lower-case hex. */
export type NewEdition = {
  meetingId: string
  number: number
  kind: 'agenda' | 'supplement'
  ordinal: number
  record: string
  hash: string
  userId: string
  createdAt: Date
  items: {
    itemId: string
    number: string
    visibility: 'open' | 'closed'
    contentHash: string
    versionId: string
    record: string
    hash: string
    annexIds: string[]
  }[]
}

/** Keeps an edition for ever and answers its id; the database refuses every later change of it. */
export async function insertEdition(tx: Db, { items, ...edition }: NewEdition): Promise<string> {
  const { id: editionId } = await tx.edition.create({ data: edition, select: { id: true } })
  for (const [position, { annexIds, ...item }] of items.entries()) {
    const row = await tx.editionItem.create({ data: { ...item, editionId, position }, select: { id: true } })
    await tx.editionAnnex.createMany({
      data: annexIds.map((annexId, at) => ({ editionItemId: row.id, annexId, position: at })),
    })
  }
  return editionId
}

/** An annex that was sent, with the items it was sent with, or null. */
export function findSentAnnex(db: Db, annexId: string) {
  return db.annex.findFirst({
    where: { id: annexId, editions: { some: {} } },
    select: {
      fileName: true,
      contentType: true,
      file: { select: { data: true } },
      editions: { select: { editionItem: { select: { visibility: true } } } },
      item: { select: { ...itemFacts, meeting: { select: meetingFacts } } },
    },
  })
}

/** Sets a body's deadlines. */
export async function updateDeadlines(
  db: Db,
  bodyId: string,
  data: { agendaDays: number; materialDays: number; saturdayCounts: boolean },
): Promise<void> {
  await db.body.update({ where: { id: bodyId }, data })
}

/** A body's deadlines, or null where there is no such body. */
export function findDeadlines(db: Db, bodyId: string) {
  return db.body.findUnique({
    where: { id: bodyId },
    select: { agendaDays: true, materialDays: true, saturdayCounts: true },
  })
}

/** Says whether a body lets closed items be kept for reading without a net. */
export async function updateOfflineRule(db: Db, bodyId: string, keepsClosedOffline: boolean): Promise<void> {
  await db.body.update({ where: { id: bodyId }, data: { keepsClosedOffline } })
}

/** Does a body let closed items be kept for reading without a net? Null where there is no such body. */
export async function findOfflineRule(db: Db, bodyId: string): Promise<boolean | null> {
  const select = { keepsClosedOffline: true }
  const body = await db.body.findUnique({ where: { id: bodyId }, select })
  return body?.keepsClosedOffline ?? null
}

/** The meetings of these bodies that were sent, are not yet held and begin after a time, the next first. */
export function findSentMeetings(db: Db, { bodyIds, after }: { bodyIds: string[]; after: Date }) {
  return db.meeting.findMany({
    where: {
      bodyId: { in: bodyIds },
      state: { in: ['preparing', 'dispatched'] },
      editionCount: { gt: 0 },
      startsAt: { gt: after },
    },
    orderBy: { startsAt: 'asc' },
    select: { id: true },
  })
}

/** An item as it was last sent, or null. */
export function findSentItem(db: Db, itemId: string) {
  return db.editionItem.findFirst({
    where: { itemId },
    orderBy: { edition: { number: 'desc' } },
    select: { record: true, visibility: true },
  })
}

/** Every edition with its items as they were sent, and what the audit log says its hash is, one at a time. */
export async function* allEditions(db: Db) {
  for (let after = ''; ; ) {
    const edition = await db.edition.findFirst({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      select: {
        id: true,
        record: true,
        hash: true,
        items: { select: { itemId: true, record: true, hash: true, contentHash: true } },
      },
    })
    if (!edition) return
    const act = { act: 'agenda-dispatched', subjectId: edition.id }
    const logged = await db.auditEvent.findFirst({ where: act, select: { data: true } })
    yield { ...edition, logged: logged?.data ?? null }
    after = edition.id
  }
}

/** Which words of a meeting's items a person last read. */
export function findItemReadings(db: Db, { userId, meetingId }: { userId: string; meetingId: string }) {
  return db.itemReading.findMany({
    where: { userId, item: { meetingId } },
    select: { itemId: true, contentHash: true, beforeHash: true, readAt: true },
  })
}

/** Which words of an item a person last read, or null. */
export function findItemReading(db: Db, key: { userId: string; itemId: string }) {
  return db.itemReading.findUnique({
    where: { itemId_userId: key },
    select: { contentHash: true, beforeHash: true },
  })
}

/** Notes which words of items a person has read. */
export async function writeItemReadings(
  db: Db,
  { userId, rows, readAt }: { userId: string; rows: { itemId: string; contentHash: string }[]; readAt: Date },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ItemReading" ("itemId", "userId", "contentHash", "readAt")
    SELECT r.id, ${userId}, r.hash, ${readAt}
    FROM unnest(${rows.map(({ itemId }) => itemId)}::text[], ${rows.map((row) => row.contentHash)}::text[]) AS r(id, hash)
    ON CONFLICT ("itemId", "userId")
    DO UPDATE SET "contentHash" = excluded."contentHash", "readAt" = excluded."readAt",
      "beforeHash" = CASE WHEN "ItemReading"."contentHash" = excluded."contentHash"
        THEN "ItemReading"."beforeHash" ELSE "ItemReading"."contentHash" END`
}

/** Takes the note that a person has read an item away. */
export async function deleteItemReading(db: Db, key: { userId: string; itemId: string }): Promise<void> {
  await db.itemReading.deleteMany({ where: key })
}

/** The hashes of the words items of a meeting were ever sent with, and whether they were closed then. */
export function findSentHashes(db: Db, meetingId: string) {
  return db.editionItem.findMany({
    where: { item: { meetingId } },
    select: { itemId: true, contentHash: true, visibility: true },
  })
}

/** The words of an item of a hash as they were sent, or null where they never were. */
export async function findSentWords(
  db: Db,
  key: { itemId: string; contentHash: string },
): Promise<ExactWords | null> {
  const row = await db.editionItem.findFirst({
    where: key,
    orderBy: { edition: { number: 'desc' } },
    select: { record: true },
  })
  if (!row) return null
  const { content, frame } = sentItemSchema.parse(JSON.parse(row.record))
  return { content, frame }
}

/** Those of these words that a version was kept of. */
export function findKeptHashes(db: Db, words: { itemId: string; contentHash: string }[]) {
  return db.version.findMany({
    where: { OR: words.map(({ itemId, contentHash }) => ({ itemId, contentHash })) },
    select: { itemId: true, contentHash: true },
    distinct: ['itemId', 'contentHash'],
  })
}
