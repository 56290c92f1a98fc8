import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { askOn, type Db } from '@/lib/db.ts'
import type { ItemContent } from './doc.ts'
import { checksum } from './hash.ts'
import type { ItemFrame } from './rules.ts'
import type { VersionReason, Writing } from './version-rules.ts'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

/** Exact words to be kept, why, and by whom; `state` is the merged Yjs update they were read from. */
export type NewVersion = {
  itemId: string
  reason: VersionReason
  contentHash: string
  content: ItemContent
  frame: ItemFrame
  state: Uint8Array<ArrayBuffer>
  /** The last log entry of the state. */
  seq: bigint
  authors: string[]
  userId: string | null
  restoredId?: string
}

/** Keeps an exact content for ever; its state is packed as long as that makes it smaller. */
export async function insertVersion(db: Db, { state, ...version }: NewVersion): Promise<string> {
  const packed = new Uint8Array(await deflate(state, { level: 9 }))
  const isSmaller = packed.length < state.length
  const kept = isSmaller ? packed : state
  const row = await db.version.create({
    data: {
      ...version,
      state: kept,
      packing: isSmaller ? 'deflate' : 'none',
      checksum: checksum(kept),
    },
  })
  return row.id
}

/** Answers the Yjs update that lies in a version's row. Throws when the bytes were never packed so. */
export async function unpackState(row: {
  state: Uint8Array
  packing: 'none' | 'deflate'
}): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(row.packing === 'deflate' ? await inflate(row.state) : row.state)
}

/** Reads the states of kept versions, each as one Yjs update. */
export async function findVersionStates(db: Db, ids: string[]) {
  const rows = await db.version.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true, packing: true, contentHash: true, createdAt: true },
  })
  return Promise.all(
    rows.map(async ({ state, packing, ...row }) => ({
      ...row,
      state: await unpackState({ state, packing }),
    })),
  )
}

/** The last version of an item, or null. */
export function findLastVersion(db: Db, itemId: string) {
  return db.version.findFirst({
    where: { itemId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true, seq: true, contentHash: true, content: true, frame: true, createdAt: true },
  })
}

/**
 * The id of the version that holds the words an item had at a moment: the nearest of that hash, else the last one kept
 * by then; null where there is none.
 */
export async function findVersionAt(
  db: Db,
  itemId: string,
  { contentHash, at }: { contentHash: string; at: Date },
): Promise<string | null> {
  const rows = await askOn(db)<{ id: string }>(
    `SELECT "id" FROM "Version" WHERE "itemId" = $1 AND ("contentHash" = $2 OR "createdAt" <= $3::timestamptz)
    ORDER BY "contentHash" = $2 DESC, abs(extract(epoch FROM "createdAt" - $3::timestamptz)), "id" LIMIT 1`,
    [itemId, contentHash, at.toISOString()],
  )
  return rows[0]?.id ?? null
}

/** The words of the last version of an item that has a hash, as they lie in their JSON columns, or null. */
export function findVersionOfHash(db: Db, key: { itemId: string; contentHash: string }) {
  return db.version.findFirst({
    where: key,
    orderBy: { createdAt: 'desc' },
    select: { content: true, frame: true },
  })
}

/** A version with its words as they lie in their JSON columns, or null. */
export function findVersion(db: Db, versionId: string) {
  return db.version.findUnique({
    where: { id: versionId },
    select: { id: true, itemId: true, content: true, frame: true, createdAt: true },
  })
}

/** Every version of an item with who made and who named it, the newest first; without words and states. */
export function findVersionsOf(db: Db, itemId: string) {
  return db.version.findMany({
    where: { itemId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: {
      id: true,
      reason: true,
      contentHash: true,
      frame: true,
      authors: true,
      createdAt: true,
      user: { select: { name: true, initials: true } },
      restored: { select: { createdAt: true } },
      editionItems: {
        select: { edition: { select: { kind: true, ordinal: true } } },
        orderBy: { edition: { number: 'asc' } },
        take: 1,
      },
      names: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1, select: { name: true } },
    },
  })
}

/** Gives a version a name, or takes it away with an empty one. */
export async function insertName(
  db: Db,
  name: { versionId: string; name: string; userId: string },
): Promise<void> {
  await db.versionName.create({ data: name })
}

type WritingRow = { userId: string; firstSeq: string | null; firstAt: Date | null; lastAt: Date }

/**
 * Who wrote in a document since a version, up to and including a log entry where one is given: by the log and, where
 * that was merged, by what was noted then. Those who come first wrote first.
 */
export async function findWritings(
  db: Db,
  {
    documentId,
    since,
    upTo = null,
  }: {
    documentId: string
    since: { seq: bigint | null; createdAt: Date } | null
    upTo?: bigint | null
  },
): Promise<Writing[]> {
  const rows = await askOn(db)<WritingRow>(
    `SELECT w."userId", min(w."firstSeq")::text AS "firstSeq", min(w."firstAt") AS "firstAt", max(w."lastAt") AS "lastAt"
    FROM (
      SELECT "userId", "seq" AS "firstSeq", "createdAt" AS "firstAt", "createdAt" AS "lastAt", "seq" AS "lastSeq"
      FROM "DocumentUpdate" WHERE "documentId" = $1 AND "userId" IS NOT NULL
      UNION ALL
      SELECT "userId", NULL, NULL, "lastAt", "lastSeq" FROM "DocumentWriter" WHERE "documentId" = $1
    ) AS w
    WHERE ($2::bigint IS NULL OR w."lastSeq" > $2::bigint)
      AND ($3::timestamptz IS NULL OR w."lastAt" > $3::timestamptz)
      AND ($4::bigint IS NULL OR w."lastSeq" <= $4::bigint)
    GROUP BY w."userId"
    ORDER BY bool_or(w."firstSeq" IS NULL) DESC, min(w."firstSeq"), w."userId"`,
    [
      documentId,
      since?.seq === undefined || since.seq === null ? null : `${since.seq}`,
      since && since.seq === null ? since.createdAt.toISOString() : null,
      upTo === null ? null : `${upTo}`,
    ],
  )
  // Who wrote in rows that were merged since, and goes on, is no newcomer: where they began is no longer known.
  return rows.map(({ userId, firstSeq, firstAt, lastAt }) => ({
    userId,
    first: firstSeq === null || firstAt === null ? null : { seq: BigInt(firstSeq), at: new Date(firstAt) },
    lastAt: new Date(lastAt),
  }))
}

/** Ids of items somebody wrote in since they were last kept; what nobody touched since it was made is not among them. */
export async function itemsUnkept(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH last AS (SELECT "itemId", max("seq") AS seq FROM "Version" GROUP BY "itemId"),
    written AS (
      SELECT "documentId", max("seq") AS seq FROM "DocumentUpdate" GROUP BY "documentId" HAVING count(*) > 1
      UNION ALL
      SELECT "documentId", max("lastSeq") FROM "DocumentWriter" GROUP BY "documentId"
    )
    SELECT DISTINCT i."id" FROM "Item" i
    JOIN "Document" d ON d."itemId" = i."id" AND d."generation" = i."generation"
    JOIN written w ON w."documentId" = d."id"
    LEFT JOIN last ON last."itemId" = i."id"
    WHERE i."deletedAt" IS NULL AND w.seq > coalesce(last.seq, 0)`
  return rows.map(({ id }) => id)
}
