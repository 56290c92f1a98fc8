import { isDeepStrictEqual } from 'node:util'
import { systemClock } from '@/lib/clock.ts'
import { askOn, type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { type ItemFacts, type MeetingFacts, phaseOf } from '@/lib/identity/rules.ts'
import { docVersion, type ItemContent, readState } from './doc.ts'
import { checksum, contentHash } from './hash.ts'
import {
  authoredLog,
  type CondensedLog,
  type KeptLog,
  type MergedLog,
  mergeLog,
  type ReadLog,
} from './kept-log.ts'
import { searchText } from './rules.ts'

/*
 * The kept documents. A document's state is its snapshot and all rows of its log, merged; the order of rows does not
 * matter to Yjs, and merging a row twice changes nothing. Three rules keep that true while many write:
 * appending holds the document's row shared, so it waits for whoever has locked the document and the other way round;
 * a reader takes rows and snapshot in one statement, so a compaction in between hides nothing;
 * a compaction deletes exactly the rows it merged, and nothing when one of them is gone. Whoever freezes or replaces
 * a document locks it first.
 */

/** One generation of an item's document. */
export type DocumentKey = { itemId: string; generation: number }

/** A document's whole state, how many log rows it took, and the last of them. */
export type KeptDocument = MergedLog & { documentId: string; rows: number }

/** One Yjs update on its way into the log. */
export type LogEntry = DocumentKey & { documentId: string; data: Uint8Array; userId: string | null }

/** Some documents take no more updates: replaced by another generation, frozen with their meeting, or gone. */
export class DocumentsClosedError extends Error {
  readonly documentIds: string[]
  constructor(documentIds: string[]) {
    super('Documents take no more updates')
    this.name = 'DocumentsClosedError'
    this.documentIds = documentIds
  }
}

/** Makes a generation of an item's document from its first state and answers the document's id. */
export async function createDocument(
  tx: Db,
  { itemId, generation, state, userId }: DocumentKey & { state: Uint8Array; userId: string | null },
): Promise<string> {
  const data = new Uint8Array(state)
  const document = await tx.document.create({
    data: {
      itemId,
      generation,
      schemaVersion: docVersion,
      firstState: generation > 1 ? data : null,
      updates: { create: { data, checksum: checksum(data), userId } },
    },
  })
  return document.id
}

/** Reads a document, or null where there is no such generation. Throws DamagedRowError. */
export async function readDocument(db: Db, key: DocumentKey): Promise<KeptDocument | null> {
  const log = await readKept(db, key)
  return log && documentIn(log)
}

/** Reads what is kept of a document, unchecked; null where there is no such generation. */
export async function readKept(db: Db, key: DocumentKey): Promise<KeptLog | null> {
  const documentId = await documentOf(db, key)
  return documentId === null ? null : readRows(db, documentId)
}

function documentIn(log: KeptLog): KeptDocument {
  return { documentId: log.documentId, rows: log.rows, ...mergeLog(log) }
}

async function documentOf(db: Db, { itemId, generation }: DocumentKey): Promise<string | null> {
  const [document] = await askOn(db)<{ id: string }>(
    'SELECT "id" FROM "Document" WHERE "itemId" = $1 AND "generation" = $2',
    [itemId, generation],
  )
  return document?.id ?? null
}

/** Reads an item's documents from one generation on: how each but the first began, and how it is or ended. */
export async function readDocumentsSince(
  db: Db,
  { itemId, generation }: DocumentKey,
): Promise<
  { generation: number; firstState: Uint8Array<ArrayBuffer> | null; state: Uint8Array<ArrayBuffer> }[]
> {
  const documents = await db.document.findMany({
    where: { itemId, generation: { gte: generation } },
    orderBy: { generation: 'asc' },
    select: { id: true, generation: true, firstState: true },
  })
  const kept = []
  for (const { id, ...document } of documents) {
    kept.push({ ...document, state: mergeLog(await readRows(db, id)).state })
  }
  return kept
}

/** Reads a document and keeps everyone from appending to it until the transaction ends. */
export async function lockDocument(
  tx: Db,
  { itemId, generation }: DocumentKey,
): Promise<KeptDocument | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Document" WHERE "itemId" = ${itemId} AND "generation" = ${generation} FOR UPDATE`
  const [document] = rows
  return document ? documentIn(await readRows(tx, document.id)) : null
}

/**
 * Keeps everyone from appending to the current documents of these items until the transaction ends. All are locked in
 * the order in which appending takes them, so that neither waits for the other for ever.
 */
export async function lockDocuments(tx: Db, itemIds: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT d."id" FROM "Document" d JOIN "Item" i ON i."id" = d."itemId" AND i."generation" = d."generation"
    WHERE i."id" = ANY (${itemIds}::text[]) ORDER BY d."id" FOR UPDATE OF d`
}

/** All that is kept of a document. */
async function readRows(db: Db, documentId: string): Promise<KeptLog> {
  // One statement sees one moment: a compaction in between can neither show a row twice nor hide it. And one row for
  // the whole log: a driver takes as long over each of a thousand as over this one.
  const [kept] = await askOn(db)<Omit<KeptLog, 'documentId'>>(
    `SELECT s."data" AS snapshot, s."upToSeq"::text AS "upToSeq", encode(s."checksum", 'hex') AS "snapshotChecksum", u.*
    FROM (
      SELECT count(*)::int AS rows, string_agg("data", ''::bytea ORDER BY "seq") AS updates,
        string_agg(octet_length("data")::text, ',' ORDER BY "seq") AS lengths,
        string_agg(encode("checksum", 'hex'), ',' ORDER BY "seq") AS checksums,
        string_agg("seq"::text, ',' ORDER BY "seq") AS seqs,
        string_agg(coalesce("userId", ''), ',' ORDER BY "seq") AS users
      FROM "DocumentUpdate" WHERE "documentId" = $1
    ) AS u LEFT JOIN "DocumentSnapshot" AS s ON s."documentId" = $1`,
    [documentId],
  )
  if (!kept) throw new Error('The database did not say what it keeps')
  return { documentId, ...kept }
}

/** Writes updates of many documents, all or none. Throws DocumentsClosedError, naming those that take no more. */
export async function append(tx: Db, entries: LogEntry[]): Promise<void> {
  const documents = entries.map(({ documentId }) => documentId)
  const users = entries.map(({ userId }) => userId)
  const lengths = entries.map(({ data }) => data.length)
  const words = Buffer.concat(entries.map(({ data }) => data))
  const [answer] = await askOn(tx)<{ closed: string[] }>(
    'SELECT append_updates($1::text[], $2::text[], $3::int[], $4::bytea) AS closed',
    [documents, users, lengths, words],
  )
  if (!answer) throw new Error('The database did not say what it wrote')
  if (answer.closed.length > 0) throw new DocumentsClosedError(answer.closed)
}

/**
 * Merges a document's log into its snapshot, condensing it here or in a thread; answers how many rows that were and
 * what they came to, or null when there was nothing to merge or another was faster. While it merges, everyone goes on
 * appending; what comes meanwhile stays in the log. Whose words the rows brought is kept first: merged twice it is the
 * same, and merged without it nobody could tell any more. Throws DamagedRowError.
 */
export async function compact<Condensed extends CondensedLog>(
  db: Db,
  documentId: string,
  condense: (log: KeptLog) => Condensed | Promise<Condensed>,
): Promise<(Condensed & { rows: number }) | null> {
  const log = await readRows(db, documentId)
  if (log.rows === 0) return null
  const condensed = await condense(log)
  await keepWriters(db, documentId, condensed.writers)
  const [answer] = await askOn(db)<{ isDone: boolean }>(
    `SELECT compact_document($1, string_to_array($2, ',')::bigint[], $3::bigint, $4::bytea, $5::bytea) AS "isDone"`,
    [documentId, log.seqs, `${condensed.lastSeq}`, condensed.state, condensed.checksum],
  )
  return answer?.isDone ? { ...condensed, rows: log.rows } : null
}

async function keepWriters(db: Db, documentId: string, users: Map<number, string>): Promise<void> {
  if (users.size === 0) return
  await askOn(db)(
    `INSERT INTO "DocumentClient" ("documentId", "client", "userId")
    SELECT d."id", w.client, u."id" FROM unnest($2::bigint[], $3::text[]) AS w (client, "user")
    JOIN "Document" d ON d."id" = $1 JOIN "User" u ON u."id" = w."user"
    ON CONFLICT DO NOTHING`,
    [documentId, [...users.keys()].map(String), [...users.values()]],
  )
}

/**
 * Reads a document with whose the clients of Yjs are that wrote in it, by number; null where there is no such
 * generation. Clients of which nothing is known are left out. Throws DamagedRowError.
 */
export async function readAuthored(
  db: Db,
  { itemId, generation }: DocumentKey,
): Promise<{ state: Uint8Array; writers: Map<number, string> } | null> {
  const document = await db.document.findUnique({
    where: { itemId_generation: { itemId, generation } },
    select: { id: true },
  })
  if (!document) return null
  const log = await readRows(db, document.id)
  const { state, writers } = authoredLog(log)
  // After the rows: what was merged meanwhile is in both.
  const merged = await db.documentClient.findMany({ where: { documentId: document.id } })
  for (const { client, userId } of merged) writers.set(Number(client), userId)
  return { state, writers }
}

/** Ids of documents that have two rows of log or more. */
export async function uncompactedDocuments(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT "documentId" AS id FROM "DocumentUpdate" GROUP BY "documentId" HAVING count(*) > 1`
  return rows.map((row) => row.id)
}

/** A projection's answer: did anything change for those who read, and whose meeting it is. */
export type Projected = { changed: boolean; meetingId: string }

/**
 * Reads an item's current words and frame and writes what pages, approvals and search ask for: title, content, hash
 * and search text. `changed` says whether any of it did; contentAt moves only with the hash. Throws not-found.
 */
export async function project(tx: Db, itemId: string): Promise<Projected> {
  const generation = await currentGeneration(tx, itemId)
  const document = await lockDocument(tx, { itemId, generation })
  if (!document) throw new AppError('not-found')
  const { state, lastSeq } = document
  return writeProjection(tx, { itemId, generation, lastSeq, content: readState(state) })
}

/** Reads what a log says, or said before a row, here or in a thread (see `readLog`). */
export type Read = (log: KeptLog, before: bigint | null) => ReadLog | null | Promise<ReadLog | null>

/** How a projection is made without holding anybody up; `within` is called in the transaction that writes it. */
export type AtRest = {
  read: Read
  within: (tx: Db, projected: Projected) => Promise<void>
}

/**
 * Does the same from outside a transaction: the words are read and understood while everyone goes on appending, and
 * `within` is called in the short transaction that writes what changed. What came meanwhile waits for the next time.
 */
export async function projectAtRest(itemId: string, { read, within }: AtRest): Promise<void> {
  const generation = await currentGeneration(db(), itemId)
  const log = await readKept(db(), { itemId, generation })
  const words = log && (await read(log, null))
  if (!words) throw new AppError('not-found')
  const { lastSeq, content } = words
  await transaction(async (tx) => {
    // Keeps out approvals and changes of the frame, which lock the document whole, and no append.
    await tx.$queryRaw`SELECT "id" FROM "Document" WHERE "id" = ${log.documentId} FOR NO KEY UPDATE`
    await within(tx, await writeProjection(tx, { itemId, generation, lastSeq, content }))
  })
}

async function currentGeneration(db: Db, itemId: string): Promise<number> {
  const item = await db.item.findUnique({ where: { id: itemId }, select: { generation: true } })
  if (!item) throw new AppError('not-found')
  return item.generation
}

async function writeProjection(
  tx: Db,
  read: DocumentKey & { lastSeq: bigint; content: ItemContent },
): Promise<Projected> {
  const { itemId, generation, lastSeq, content } = read
  // Read behind the lock: a new generation, another frame or a later projection may have come while we waited for it.
  const item = await readItem(tx, itemId)
  if (item.generation !== generation) throw new AppError('not-found')
  const { meetingId } = item
  if (lastSeq < item.projectedSeq) return { changed: false, meetingId }
  const hash = contentHash(content, item)
  const changed = hash !== item.contentHash || !isDeepStrictEqual(content, item.content)
  if (changed || lastSeq !== item.projectedSeq) {
    await tx.item.update({
      where: { id: itemId },
      data: {
        title: content.title,
        content,
        contentHash: hash,
        searchText: searchText(content),
        projectedSeq: lastSeq,
        ...(hash !== item.contentHash && { contentAt: systemClock() }),
      },
    })
  }
  return { changed, meetingId }
}

async function readItem(db: Db, itemId: string) {
  const annexes = { where: { deletedAt: null }, orderBy: { position: 'asc' } } as const
  const item = await db.item.findUnique({ where: { id: itemId }, include: { annexes } })
  if (!item) throw new AppError('not-found')
  return item
}

/** Ids of items whose log has gone on since their projection was written: the process stopped in between. */
export async function itemsBehind(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM "Item" i JOIN "Document" d ON d."itemId" = i."id" AND d."generation" = i."generation"
    WHERE EXISTS (
      SELECT 1 FROM "DocumentUpdate" u WHERE u."documentId" = d."id" AND u."seq" > i."projectedSeq")
    OR EXISTS (
      SELECT 1 FROM "DocumentSnapshot" s WHERE s."documentId" = d."id" AND s."upToSeq" > i."projectedSeq")`
  return rows.map((row) => row.id)
}

type RoomRow = {
  generation: number
  visibility: ItemFacts['visibility']
  submitted: boolean
  sent: boolean
  meetingId: string
  bodyId: string
  state: MeetingFacts['state']
  revision: MeetingFacts['revision']
  editionCount: number
}

/**
 * What decides the rights to an item's room; null for an item that does not exist or is deleted. Asked for each socket
 * that comes, and when all come back at once: one plain statement.
 */
export async function itemRoomFacts(db: Db, itemId: string) {
  const [row] = await askOn(db)<RoomRow>(
    `SELECT i."generation", i."visibility", i."submittedAt" IS NOT NULL AS submitted,
      i."sentVersionId" IS NOT NULL AS sent, m."id" AS "meetingId", m."bodyId", m."state", m."revision", m."editionCount"
    FROM "Item" i JOIN "Section" s ON s."id" = i."sectionId" JOIN "Meeting" m ON m."id" = i."meetingId"
    WHERE i."id" = $1 AND i."deletedAt" IS NULL AND s."deletedAt" IS NULL`,
    [itemId],
  )
  if (!row) return null
  const { generation, bodyId, meetingId } = row
  const facts: ItemFacts = { id: itemId, phase: phaseOf(row, row), visibility: row.visibility }
  return { generation, facts, bodyId, meetingId }
}

/** The body a meeting belongs to, or null where there is no such meeting. */
export async function meetingBody(db: Db, meetingId: string): Promise<string | null> {
  const meeting = await db.meeting.findUnique({ where: { id: meetingId }, select: { bodyId: true } })
  return meeting?.bodyId ?? null
}
