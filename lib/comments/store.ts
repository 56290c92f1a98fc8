import type { Db } from '@/lib/db.ts'
import type { Prisma } from '@/prisma/client/client.ts'
import type { VisibilityChange } from './rules.ts'
import type { Scope, ThreadKind } from './schema.ts'

const threadShape = {
  comments: {
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: {
      user: { select: { name: true, initials: true } },
      earlier: { orderBy: { until: 'asc' }, select: { text: true, until: true } },
    },
  },
  assignee: { select: { id: true, name: true, initials: true } },
  resolvedBy: { select: { name: true } },
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

/** When a person last read each of these threads; absent is never. */
export async function findReadings(
  db: Db,
  { userId, threadIds }: { userId: string; threadIds: string[] },
): Promise<Map<string, Date>> {
  const rows = await db.threadReading.findMany({ where: { userId, threadId: { in: threadIds } } })
  return new Map(rows.map(({ threadId, readAt }) => [threadId, readAt]))
}

/** Notes that a person has read threads up to a moment; an earlier moment than the one noted changes nothing. */
export async function writeReadings(
  db: Db,
  { userId, threadIds, readAt }: { userId: string; threadIds: string[]; readAt: Date },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "ThreadReading" ("threadId", "userId", "readAt")
    SELECT id, ${userId}, ${readAt} FROM unnest(${threadIds}::text[]) AS id
    ON CONFLICT ("threadId", "userId")
    DO UPDATE SET "readAt" = greatest("ThreadReading"."readAt", excluded."readAt")`
}

/** May the secretariat of a body read its political groups' threads? */
export async function findGroupsAreOpen(db: Db, bodyId: string): Promise<boolean> {
  const body = await db.body.findUnique({ where: { id: bodyId }, select: { groupsAreOpen: true } })
  return body?.groupsAreOpen ?? false
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
 * and the three quotes are empty for a thread on the whole item. `group` is set for the scope `group` only.
 */
export type NewThread = {
  itemId: string
  kind: ThreadKind
  generation: number
  scope: Scope
  group: string | null
  field: string | null
  anchorStart: Uint8Array<ArrayBuffer> | null
  anchorEnd: Uint8Array<ArrayBuffer> | null
  quote: string
  quoteBefore: string
  quoteAfter: string
  contentHash: string
  createdById: string
  createdAt: Date
}

/** Makes a thread with its first comment, whose id is the one given if any, and answers the ids of both. */
export async function insertThread(
  db: Db,
  thread: NewThread,
  { text, id }: { text: string; id?: string | undefined },
): Promise<{ threadId: string; commentId: string }> {
  const { createdById: userId, createdAt } = thread
  const row = await db.thread.create({
    data: { ...thread, comments: { create: { ...(id && { id }), userId, text, createdAt } } },
    select: { id: true, comments: { select: { id: true } } },
  })
  return { threadId: row.id, commentId: row.comments[0]?.id ?? '' }
}

/**
 * A comment to add, under an id of the caller's if there is one; the time is the caller's clock, and an empty text is
 * refused before it comes here.
 */
export type NewComment = {
  id?: string | undefined
  threadId: string
  userId: string
  text: string
  createdAt: Date
}

/** Reads the thread a person's comment of this id stands in, deleted ones too, or null. */
export async function findOwnComment(
  db: Db,
  { id, userId }: { id: string; userId: string },
): Promise<{ threadId: string } | null> {
  return db.comment.findFirst({ where: { id, userId }, select: { threadId: true } })
}

/** Adds a comment to a thread, whose row the caller holds, and answers its id. */
export async function insertComment(db: Db, { id, ...comment }: NewComment): Promise<string> {
  const row = await db.comment.create({ data: { ...(id && { id }), ...comment }, select: { id: true } })
  return row.id
}

/** Rewrites a comment and keeps what it said. Answers false when it is deleted or says that already. */
export async function rewriteComment(
  db: Db,
  { id, text, at }: { id: string; text: string; at: Date },
): Promise<boolean> {
  const rows = await db.$queryRaw<{ text: string }[]>`
    SELECT "text" FROM "Comment" WHERE "id" = ${id} AND "deletedAt" IS NULL FOR UPDATE`
  const [before] = rows
  if (!before || before.text === text) return false
  await db.earlierComment.create({ data: { commentId: id, text: before.text, until: at } })
  await db.comment.update({ where: { id }, data: { text, editedAt: at } })
  return true
}

/** Takes a comment and all it ever said away, with a mark that it was there. Answers false when already deleted. */
export async function emptyComment(db: Db, { id, at }: { id: string; at: Date }): Promise<boolean> {
  const { count } = await db.comment.updateMany({
    where: { id, deletedAt: null },
    data: { text: '', deletedAt: at },
  })
  await db.earlierComment.deleteMany({ where: { commentId: id } })
  return count === 1
}

/** Changes what a thread's row holds beside its words. */
export async function updateThread(
  db: Db,
  id: string,
  data: {
    scope?: Scope
    group?: string | null
    sharedAt?: Date | null
    assigneeId?: string | null
    handledAt?: Date | null
  },
): Promise<void> {
  await db.thread.update({ where: { id }, data })
}

/** Holds a thread's row until the transaction ends, so that nobody answers meanwhile. */
export async function lockThread(tx: Db, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Thread" WHERE "id" = ${id} FOR UPDATE`
}

/** Who resolved a thread, when, and the versions between which the words changed that answered it, if any did. */
export type Resolution = {
  resolvedAt: Date
  resolvedById: string
  answerFromId: string | null
  answerToId: string | null
}

const open = { resolvedAt: null, resolvedById: null, answerFromId: null, answerToId: null }

/** Marks a thread resolved or open. Answers false when it already was. */
export async function updateResolved(db: Db, id: string, by: Resolution | null): Promise<boolean> {
  const { count } = await db.thread.updateMany({
    where: { id, resolvedAt: by ? null : { not: null } },
    data: by ?? open,
  })
  return count === 1
}

/** The threads of some meetings that are neither resolved nor private, by what decides who may read them and whose word was last. */
export function findOpenThreads(db: Db, meetingIds: string[]) {
  return db.thread.findMany({
    where: {
      resolvedAt: null,
      scope: { not: 'private' },
      item: { meetingId: { in: meetingIds }, deletedAt: null, section: { deletedAt: null } },
    },
    select: {
      scope: true,
      group: true,
      createdById: true,
      sharedAt: true,
      comments: {
        where: { deletedAt: null },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: 1,
        select: { userId: true },
      },
      item: {
        select: {
          id: true,
          submittedAt: true,
          sentVersionId: true,
          visibility: true,
          meeting: {
            select: {
              id: true,
              bodyId: true,
              state: true,
              revision: true,
              editionCount: true,
              body: { select: { groupsAreOpen: true } },
            },
          },
        },
      },
    },
  })
}

/** Of these meetings those in which somebody else said something that a person has not read, whether they may or not. */
export async function findUnreadMeetings(
  db: Db,
  { userId, meetingIds }: { userId: string; meetingIds: string[] },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT i."meetingId" AS id FROM "Comment" c
    JOIN "Thread" t ON t."id" = c."threadId" JOIN "Item" i ON i."id" = t."itemId"
    LEFT JOIN "ThreadReading" r ON r."threadId" = t."id" AND r."userId" = ${userId}
    WHERE i."meetingId" = ANY(${meetingIds}) AND i."deletedAt" IS NULL
      AND c."userId" <> ${userId} AND c."deletedAt" IS NULL AND (r."readAt" IS NULL OR c."createdAt" > r."readAt")
      AND (t."scope" <> 'private' OR t."createdById" = ${userId})`
  return rows.map(({ id }) => id)
}
