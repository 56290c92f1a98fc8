import type { Db } from '@/lib/db.ts'
import type { Prisma } from '@/prisma/client/client.ts'
import type { MailPace, NewNotice } from './schema.ts'
import type { NoticeFacts } from './view.ts'

/** Keeps notices, passing over what a person was told already; answers those that are new. */
export function insertNotices(
  db: Db,
  notices: NewNotice[],
  createdAt: Date,
): Promise<{ id: string; userId: string; kind: string; subjectId: string }[]> {
  return db.notice.createManyAndReturn({
    data: notices.map(({ data, ...notice }) => ({ ...notice, data: data ?? {}, createdAt })),
    skipDuplicates: true,
    select: { id: true, userId: true, kind: true, subjectId: true },
  })
}

/** Reads when these people want mail. */
export async function findPaces(db: Db, userIds: string[]): Promise<Map<string, MailPace>> {
  const rows = await db.user.findMany({
    where: { id: { in: userIds } },
    select: { id: true, mailPace: true },
  })
  return new Map(rows.map(({ id, mailPace }) => [id, mailPace]))
}

/** A mail to send not before `dueAt`, and the notices it carries. */
export type NewMail = { userId: string; urgent: boolean; dueAt: Date; noticeIds: string[] }

/** Puts a mail into the outbox. */
export async function insertMail(db: Db, { noticeIds, ...mail }: NewMail, createdAt: Date): Promise<void> {
  const { id } = await db.mail.create({ data: { ...mail, createdAt }, select: { id: true } })
  await db.notice.updateMany({ where: { id: { in: noticeIds } }, data: { mailId: id } })
}

const noticeShape = {
  id: true,
  kind: true,
  createdAt: true,
  readAt: true,
  data: true,
  actorId: true,
  body: { select: { id: true, name: true } },
  meeting: { select: { id: true, startsAt: true, state: true, revision: true, editionCount: true } },
  item: { select: { id: true, title: true, visibility: true, submittedAt: true, sentVersionId: true } },
} satisfies Prisma.NoticeSelect

type NoticeRow = Prisma.NoticeGetPayload<{ select: typeof noticeShape }>

/** A person's notices of some bodies, the newest first. */
export async function findNotices(
  db: Db,
  { userId, bodyIds, limit }: { userId: string; bodyIds: string[]; limit: number },
): Promise<NoticeFacts[]> {
  const rows = await db.notice.findMany({
    where: { userId, bodyId: { in: bodyIds } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: noticeShape,
  })
  return withNames(db, rows)
}

/** The notices a mail carries and the person has not read meanwhile, the oldest first. */
export async function findMailNotices(db: Db, mailId: string): Promise<NoticeFacts[]> {
  const rows = await db.notice.findMany({
    where: { mailId, readAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: noticeShape,
  })
  return withNames(db, rows)
}

async function withNames(db: Db, rows: NoticeRow[]): Promise<NoticeFacts[]> {
  const actorIds = rows.flatMap(({ actorId }) => actorId ?? [])
  const itemIds = rows.flatMap(({ item }) => item?.id ?? [])
  const actors = await db.user.findMany({ where: { id: { in: actorIds } }, select: { id: true, name: true } })
  const names = new Map(actors.map(({ id, name }) => [id, name]))
  const numbers = await findNumbers(db, itemIds)
  return rows.map(({ actorId, item, ...row }) => ({
    ...row,
    item: item && { ...item, number: numbers.get(item.id) ?? null },
    actor: (actorId && names.get(actorId)) ?? null,
  }))
}

// The numbers of items as agenda/rules.ts counts them; this room stands below that one. Deleted items have none.
async function findNumbers(db: Db, itemIds: string[]): Promise<Map<string, string>> {
  if (itemIds.length === 0) return new Map()
  const rows = await db.$queryRaw<{ id: string; number: string }[]>`
    SELECT item."id", coalesce(item."frozenNumber", concat(
      coalesce(section."frozenNumber", (meeting."lastSection" + (
        SELECT count(*) FROM "Section" other WHERE other."meetingId" = section."meetingId"
          AND other."deletedAt" IS NULL AND other."frozenNumber" IS NULL
          AND (other."position", other."id") <= (section."position", section."id")))::text), '.',
      section."lastItem" + (
        SELECT count(*) FROM "Item" other WHERE other."sectionId" = item."sectionId"
          AND other."deletedAt" IS NULL AND other."frozenNumber" IS NULL
          AND (other."position", other."id") <= (item."position", item."id")))) AS number
    FROM "Item" item
    JOIN "Section" section ON section."id" = item."sectionId"
    JOIN "Meeting" meeting ON meeting."id" = section."meetingId"
    WHERE item."id" = ANY(${[...new Set(itemIds)]}) AND item."deletedAt" IS NULL AND section."deletedAt" IS NULL`
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/** How many of a person's notices of some bodies are unread. */
export function countUnread(db: Db, userId: string, bodyIds: string[]): Promise<number> {
  return db.notice.count({ where: { userId, bodyId: { in: bodyIds }, readAt: null } })
}

/** Marks a person's own notices as read: those named, or all up to a moment. Answers how many were unread. */
export async function markRead(
  db: Db,
  userId: string,
  { which, at }: { which: { ids: string[] } | { upTo: Date }; at: Date },
): Promise<number> {
  const chosen = 'ids' in which ? { id: { in: which.ids } } : { createdAt: { lte: which.upTo } }
  const { count } = await db.notice.updateMany({
    where: { userId, readAt: null, ...chosen },
    data: { readAt: at },
  })
  return count
}

/** Reads where a person's mail goes and when they want it. */
export function findSettings(db: Db, userId: string) {
  return db.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, mailPace: true } })
}

/** Keeps when a person wants mail. */
export async function updatePace(db: Db, userId: string, mailPace: MailPace): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { mailPace } })
}
