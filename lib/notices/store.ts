import type { Db } from '@/lib/db.ts'
import type { MailPace, NewNotice } from './schema.ts'

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
