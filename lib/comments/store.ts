import type { Db } from '@/lib/db.ts'
import type { Prisma } from '@/prisma/client/client.ts'
import type { VisibilityChange } from './rules.ts'
import type { Scope } from './schema.ts'

const threadShape = {
  comments: {
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { user: { select: { name: true, initials: true } } },
  },
  item: {
    select: {
      versions: {
        where: { reason: { in: ['opened', 'closed'] } },
        orderBy: { createdAt: 'asc' },
        select: { reason: true, createdAt: true },
      },
    },
  },
} satisfies Prisma.ThreadInclude

type Row = Prisma.ThreadGetPayload<{ include: typeof threadShape }>

/** A thread with its comments in order, and when its item was opened or closed. */
export type ThreadRow = Omit<Row, 'item'> & { changes: VisibilityChange[] }

function threadRow({ item, ...thread }: Row): ThreadRow {
  const changes = item.versions.map(({ reason, createdAt }): VisibilityChange => {
    return { to: reason === 'closed' ? 'closed' : 'open', at: createdAt }
  })
  return { ...thread, changes }
}

/** Reads the threads of items, oldest first. */
export async function findThreads(db: Db, itemIds: string[]): Promise<ThreadRow[]> {
  const rows = await db.thread.findMany({
    where: { itemId: { in: itemIds } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: threadShape,
  })
  return rows.map(threadRow)
}

/** Reads one thread, or null. */
export async function findThread(db: Db, id: string): Promise<ThreadRow | null> {
  const row = await db.thread.findUnique({ where: { id }, include: threadShape })
  return row && threadRow(row)
}

/** Reads one comment that is not deleted, or null. */
export function findComment(db: Db, id: string) {
  return db.comment.findFirst({ where: { id, deletedAt: null } })
}

/**
 * A thread on words of one generation of an item; `field` and both anchors, encoded Yjs relative positions, are null
 * and `quote` is empty for a thread on the whole item. `group` is set for the scope `group` only.
 */
export type NewThread = {
  itemId: string
  generation: number
  scope: Scope
  group: string | null
  field: string | null
  anchorStart: Uint8Array<ArrayBuffer> | null
  anchorEnd: Uint8Array<ArrayBuffer> | null
  quote: string
  contentHash: string
  createdById: string
  createdAt: Date
}

/** Makes a thread with its first comment and answers the thread's id. */
export async function insertThread(db: Db, thread: NewThread, text: string): Promise<string> {
  const { createdById: userId, createdAt } = thread
  const row = await db.thread.create({
    data: { ...thread, comments: { create: { userId, text, createdAt } } },
    select: { id: true },
  })
  return row.id
}

/** A comment to add; the time is the caller's clock, and an empty text is refused before it comes here. */
export type NewComment = { threadId: string; userId: string; text: string; createdAt: Date }

/** Adds a comment to a thread that is still open and answers its id; null when it was resolved meanwhile. */
export async function insertComment(db: Db, comment: NewComment): Promise<string | null> {
  // Also holds the row, so that resolving waits until the comment is in.
  const open = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Thread" WHERE "id" = ${comment.threadId} AND "resolvedAt" IS NULL FOR UPDATE`
  if (open.length === 0) return null
  const row = await db.comment.create({ data: comment, select: { id: true } })
  return row.id
}

/** Changes a comment's text, or takes it away with a mark that it was there. Answers false when already deleted. */
export async function updateComment(
  db: Db,
  id: string,
  data: { text: string; editedAt: Date } | { text: ''; deletedAt: Date },
): Promise<boolean> {
  const { count } = await db.comment.updateMany({ where: { id, deletedAt: null }, data })
  return count === 1
}

/** Marks a thread resolved or open. Answers false when it already was. */
export async function updateResolved(
  db: Db,
  id: string,
  by: { resolvedAt: Date; resolvedById: string } | null,
): Promise<boolean> {
  const { count } = await db.thread.updateMany({
    where: { id, resolvedAt: by ? null : { not: null } },
    data: by ?? { resolvedAt: null, resolvedById: null },
  })
  return count === 1
}
