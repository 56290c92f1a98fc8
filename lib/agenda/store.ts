import type { Db } from '@/lib/db.ts'
import type { Prisma } from '@/prisma/client/client.ts'
import type { ItemContent } from './doc.ts'
import type { Prose } from './prose.ts'

const liveAnnexes = { where: { deletedAt: null }, orderBy: { position: 'asc' } } as const

const origin = { id: true, startsAt: true } as const

const source = {
  id: true,
  deletedAt: true,
  visibility: true,
  submittedAt: true,
  sentVersionId: true,
  meeting: { select: { ...origin, state: true, revision: true, editionCount: true } },
} as const

const agendaShape = {
  body: true,
  sections: {
    where: { deletedAt: null },
    orderBy: { position: 'asc' },
    include: {
      items: {
        where: { deletedAt: null },
        orderBy: { position: 'asc' },
        include: { annexes: liveAnnexes, movedFrom: { select: origin }, copiedFrom: { select: source } },
      },
    },
  },
} satisfies Prisma.MeetingInclude

/** A meeting with its body, its sections and items in order and their annexes; deleted ones are left out. */
export type AgendaRows = Prisma.MeetingGetPayload<{ include: typeof agendaShape }>

/** Reads a whole agenda, or null where there is no such meeting. */
export function findAgenda(db: Db, meetingId: string): Promise<AgendaRows | null> {
  return db.meeting.findUnique({ where: { id: meetingId }, include: agendaShape })
}

const meetingFacts = { id: true, bodyId: true, state: true, revision: true, editionCount: true } as const

const itemShape = {
  meeting: { select: meetingFacts },
  section: { select: { id: true, deletedAt: true } },
  annexes: liveAnnexes,
} satisfies Prisma.ItemInclude

/** An item with what decides the rights to it and the parts an approval covers outside its document. */
export type ItemRow = Prisma.ItemGetPayload<{ include: typeof itemShape }>

/** Reads one item, deleted ones too, or null. */
export function findItem(db: Db, itemId: string): Promise<ItemRow | null> {
  return db.item.findUnique({ where: { id: itemId }, include: itemShape })
}

/** The present document of an item, or null. */
export function findDocument(db: Db, { id: itemId, generation }: { id: string; generation: number }) {
  return db.document.findUnique({
    where: { itemId_generation: { itemId, generation } },
    select: { id: true, generation: true, createdAt: true },
  })
}

/** Keeps out acts on exact words, which lock the document whole, and no append, until the transaction ends. */
export async function holdDocument(tx: Db, documentId: string): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Document" WHERE "id" = ${documentId} FOR NO KEY UPDATE`
}

/** Reads a section with its meeting, deleted ones too, or null. */
export function findSection(db: Db, sectionId: string) {
  return db.section.findUnique({
    where: { id: sectionId },
    include: { meeting: { select: meetingFacts } },
  })
}

/** Reads a meeting's body and state, or null. */
export function findMeeting(db: Db, meetingId: string) {
  return db.meeting.findUnique({
    where: { id: meetingId },
    select: { ...meetingFacts, startsAt: true, place: true },
  })
}

/** Reads an annex with its item's id, deleted ones too, or null. */
export function findAnnex(db: Db, annexId: string) {
  return db.annex.findUnique({ where: { id: annexId } })
}

/** Reads the bytes of an annex file, or null. */
export async function readAnnexFile(db: Db, annexId: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await db.annexFile.findUnique({ where: { annexId } })
  return file?.data ?? null
}

/** Holds the meeting's row until the transaction ends, so that two people never reorder at once. */
export async function lockMeeting(tx: Db, meetingId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Meeting" WHERE "id" = ${meetingId} FOR UPDATE`
}

/** Ids of a meeting's sections in order. */
export async function sectionIds(db: Db, meetingId: string): Promise<string[]> {
  const rows = await db.section.findMany({
    where: { meetingId, deletedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return rows.map((row) => row.id)
}

/** Ids of a section's items in order. */
export async function itemIds(db: Db, sectionId: string): Promise<string[]> {
  const rows = await db.item.findMany({
    where: { sectionId, deletedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return rows.map((row) => row.id)
}

/** Writes the order of a meeting's sections. */
export async function orderSections(db: Db, ids: string[]): Promise<void> {
  for (const [position, id] of ids.entries()) await db.section.update({ where: { id }, data: { position } })
}

/** Writes the order of a section's items; an item that stood elsewhere moves in. */
export async function orderItems(db: Db, sectionId: string, ids: string[]): Promise<void> {
  for (const [position, id] of ids.entries()) {
    await db.item.update({ where: { id }, data: { position, sectionId } })
  }
}

/** Makes a section at the end; `orderSections` puts it in its place. */
export async function insertSection(
  db: Db,
  section: { meetingId: string; title: string; templateKey?: string },
): Promise<string> {
  const row = await db.section.create({ data: { ...section, position: 10_000 } })
  return row.id
}

/** Changes a section's title or marks it deleted. */
export async function updateSection(
  db: Db,
  sectionId: string,
  data: { title?: string; deletedAt?: Date | null },
): Promise<void> {
  await db.section.update({ where: { id: sectionId }, data })
}

/**
 * A row for an item at a 0-based place in its section; `contentHash` is lower-case hex SHA-256, empty until projected.
 */
export type NewItem = {
  meetingId: string
  sectionId: string
  position: number
  content: ItemContent
  contentHash: string
  templateKey?: string
  standing?: 'minutes' | 'next' | null
  copiedFromId?: string
}

/** Makes an item's row; the doc-store makes its document and its projection in the same transaction. */
export async function insertItem(db: Db, item: NewItem): Promise<string> {
  const row = await db.item.create({ data: item })
  return row.id
}

/** Changes what an item's row holds beside its words. */
export async function updateItem(
  db: Db,
  itemId: string,
  data: {
    deletedAt?: Date | null
    visibility?: 'open' | 'closed'
    publicTitle?: string | null
    closedReason?: string | null
    generation?: number
  },
): Promise<void> {
  await db.item.update({ where: { id: itemId }, data })
}

/** Marks items as sent to review at a time. */
export async function markSubmitted(db: Db, ids: string[], at: Date): Promise<void> {
  await db.item.updateMany({ where: { id: { in: ids } }, data: { submittedAt: at } })
}

/** A link with its `url`, or a file with its bytes; `contentHash` is SHA-256 in hex of the one or the other. */
export type NewAnnex = {
  itemId: string
  title: string
  contentHash: string
  url?: string | null
  file?: { name: string; type: string; data: Uint8Array<ArrayBuffer> }
}

/** Adds an annex at the end of an item's list. */
export async function insertAnnex(
  db: Db,
  { itemId, title, contentHash, url, file }: NewAnnex,
): Promise<string> {
  const last = await db.annex.findFirst({ where: { itemId }, orderBy: { position: 'desc' } })
  const row = await db.annex.create({
    data: {
      itemId,
      title,
      contentHash,
      url: url ?? null,
      position: (last?.position ?? -1) + 1,
      ...(file && {
        fileName: file.name,
        contentType: file.type,
        size: file.data.byteLength,
        file: { create: { data: file.data } },
      }),
    },
  })
  return row.id
}

/** Marks an annex deleted, or takes the mark away. */
export async function updateAnnex(db: Db, annexId: string, data: { deletedAt: Date | null }): Promise<void> {
  await db.annex.update({ where: { id: annexId }, data })
}

/** Makes a meeting. */
export async function insertMeeting(
  db: Db,
  meeting: { bodyId: string; startsAt: Date; place: string },
): Promise<string> {
  const row = await db.meeting.create({ data: meeting })
  return row.id
}

/** Reads the text before section 1 as it lies in its JSON column, or null. */
export async function findPreface(db: Db, meetingId: string) {
  const row = await db.meeting.findUnique({ where: { id: meetingId }, select: { preface: true } })
  return row?.preface ?? null
}

/** Writes the text before section 1. */
export async function updatePreface(db: Db, meetingId: string, preface: Prose): Promise<void> {
  await db.meeting.update({ where: { id: meetingId }, data: { preface } })
}

/** Writes the number a section was sent under, and the highest one of an item in it. */
export async function freezeSection(
  db: Db,
  id: string,
  data: { frozenNumber: string; lastItem: number },
): Promise<void> {
  await db.section.update({ where: { id }, data })
}

/** Writes what is known of an item because it was or is to be sent. */
export async function freezeItem(
  db: Db,
  id: string,
  data: { frozenNumber?: string; sentVersionId?: string; sentGeneration?: number; lateReason?: string },
): Promise<void> {
  await db.item.update({ where: { id }, data })
}

/** Writes how far a meeting has come with what it sends. */
export async function freezeMeeting(
  db: Db,
  id: string,
  data: {
    state?: 'dispatched'
    revision: 'edition' | 'supplement' | null
    editionCount?: number
    lastSection?: number
  },
): Promise<void> {
  await db.meeting.update({ where: { id }, data })
}

/** The meetings of a body that may be written on, with their sections in order, the earliest first. */
export function findOpenMeetings(db: Db, bodyId: string) {
  return db.meeting.findMany({
    where: { bodyId, state: { in: ['preparing', 'dispatched'] } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: {
      ...meetingFacts,
      startsAt: true,
      place: true,
      sections: {
        where: { deletedAt: null },
        orderBy: [{ position: 'asc' }, { id: 'asc' }],
        select: { id: true, title: true },
      },
    },
  })
}

/** Puts an item into a section of another meeting; what was told of it leads there from now on. */
export async function transferItem(
  db: Db,
  id: string,
  data: { meetingId: string; sectionId: string; position: number; movedFromId: string },
): Promise<void> {
  await db.item.update({ where: { id }, data })
  await db.notice.updateMany({ where: { itemId: id }, data: { meetingId: data.meetingId } })
}

/** Gives an item the annexes of another that are not deleted, with their files. */
export async function copyAnnexes(db: Db, { from, to }: { from: string; to: string }): Promise<void> {
  const annexes = await db.annex.findMany({
    where: { itemId: from, deletedAt: null },
    include: { file: true },
  })
  for (const { position, title, url, fileName, contentType, size, contentHash, file } of annexes) {
    await db.annex.create({
      data: {
        itemId: to,
        position,
        title,
        url,
        fileName,
        contentType,
        size,
        contentHash,
        ...(file && { file: { create: { data: file.data } } }),
      },
    })
  }
}

/** Notes that a person is disqualified from an item, or no longer; answers false when it was so already. */
export async function setRecusal(
  db: Db,
  { recused, byId, ...key }: { itemId: string; userId: string; byId: string; recused: boolean },
): Promise<boolean> {
  const { count } = recused
    ? await db.recusal.createMany({ data: [{ ...key, byId }], skipDuplicates: true })
    : await db.recusal.deleteMany({ where: key })
  return count === 1
}
