import type { Db } from '@/lib/db.ts'
import type { Prisma } from '@/prisma/client/client.ts'
import type { OpenMail } from './rules.ts'
import type { MailFailure } from './schema.ts'

/** Is there a mail to send, or to take up from a sender that died? */
export async function isMailDue(db: Db, now: Date): Promise<boolean> {
  const where = { state: { in: ['waiting', 'sending'] }, dueAt: { lte: now } } satisfies Prisma.MailWhereInput
  return (await db.mail.findFirst({ where, select: { id: true } })) !== null
}

/**
 * Locks one person who has a mail due, so that no other process decides about their mails before the transaction ends;
 * those another process is at are passed over. Null when there is nobody.
 */
export async function lockPersonWithMail(tx: Db, now: Date): Promise<string | null> {
  // Not FOR UPDATE: that would hold up everybody who writes a row that refers to the person.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT person."id" FROM "User" person
    JOIN (
      SELECT "userId", min("dueAt") AS due FROM "Mail"
      WHERE "state" IN ('waiting', 'sending') AND "dueAt" <= ${now} GROUP BY "userId"
    ) mail ON mail."userId" = person."id"
    ORDER BY mail.due LIMIT 1
    FOR NO KEY UPDATE OF person SKIP LOCKED`
  return rows[0]?.id ?? null
}

/** Holds a person until the transaction ends, as `lockPersonWithMail` does. */
export async function lockPerson(tx: Db, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId} FOR NO KEY UPDATE`
}

/** A person's mails that are not done, the oldest first, and when the last one went. */
export async function findOpenMails(
  tx: Db,
  userId: string,
): Promise<{ mails: OpenMail[]; lastSentAt: Date | null }> {
  const rows = await tx.mail.findMany({
    where: { userId, state: { in: ['waiting', 'sending'] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, state: true, urgent: true, dueAt: true, attempts: true },
  })
  const last = await tx.mail.aggregate({ where: { userId, state: 'sent' }, _max: { sentAt: true } })
  const mails = rows.map(({ state, ...mail }) => {
    return { ...mail, state: state === 'sending' ? ('sending' as const) : ('waiting' as const) }
  })
  return { mails, lastSentAt: last._max.sentAt }
}

/** Gives up mails that are not done; `dueAt` is then when that was. */
export async function failMails(
  tx: Db,
  ids: string[],
  { failure, at }: { failure: MailFailure; at: Date },
): Promise<void> {
  await tx.mail.updateMany({ where: { id: { in: ids } }, data: { state: 'failed', failure, dueAt: at } })
}

/** Lets mails wait. */
export async function putOff(tx: Db, ids: string[], until: Date): Promise<void> {
  await tx.mail.updateMany({ where: { id: { in: ids } }, data: { dueAt: until } })
}

/** A mail that is its sender's until `until`; `attempts` is the number of this attempt. */
export type ClaimedMail = { id: string; userId: string; attempts: number }

/** Takes a mail to send it, with what waits beside it joined to it. */
export async function claimMail(
  tx: Db,
  { id, joined, urgent, until }: { id: string; joined: string[]; urgent: boolean; until: Date },
): Promise<ClaimedMail> {
  await tx.notice.updateMany({ where: { mailId: { in: joined } }, data: { mailId: id } })
  await tx.mail.deleteMany({ where: { id: { in: joined } } })
  return tx.mail.update({
    where: { id },
    data: { state: 'sending', urgent, dueAt: until, attempts: { increment: 1 } },
    select: { id: true, userId: true, attempts: true },
  })
}

/** What became of an attempt. */
export type Outcome =
  | { state: 'sent'; at: Date }
  | { state: 'waiting'; dueAt: Date; failure: MailFailure }
  | { state: 'failed'; dueAt: Date; failure: MailFailure }
  | { state: 'needless' }

/** Notes what became of an attempt, unless another process has taken the mail up meanwhile. */
export async function closeAttempt(db: Db, { id, attempts }: ClaimedMail, outcome: Outcome): Promise<void> {
  const where = { id, attempts, state: 'sending' as const }
  if (outcome.state === 'needless') await db.mail.deleteMany({ where })
  else if (outcome.state === 'sent')
    await db.mail.updateMany({ where, data: { state: 'sent', sentAt: outcome.at, failure: null } })
  else await db.mail.updateMany({ where, data: outcome })
}

/** Who gets a mail. */
export function findReceiver(db: Db, userId: string) {
  return db.user.findUnique({ where: { id: userId }, select: { email: true, name: true, locale: true } })
}

/** Takes back a person's mails that nobody has tried to send. */
export async function withdrawMails(tx: Db, userId: string): Promise<void> {
  await tx.mail.deleteMany({ where: { userId, state: 'waiting', attempts: 0 } })
}

/** Moves a person's mails that nobody has tried to send and that are not urgent. */
export async function moveMails(tx: Db, userId: string, dueAt: Date): Promise<void> {
  await tx.mail.updateMany({
    where: { userId, state: 'waiting', attempts: 0, urgent: false },
    data: { dueAt },
  })
}

/** The name of a body. */
export function findBody(db: Db, id: string) {
  return db.body.findUnique({ where: { id }, select: { id: true, name: true } })
}

/** The latest mails with news of a body in some states, the newest first, with the kinds of that news. */
export async function findMails(
  db: Db,
  {
    bodyId,
    states,
    limit,
  }: { bodyId: string; states: ('waiting' | 'sending' | 'sent' | 'failed')[]; limit: number },
) {
  return db.mail.findMany({
    where: { state: { in: states }, notices: { some: { bodyId } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: {
      id: true,
      state: true,
      createdAt: true,
      dueAt: true,
      sentAt: true,
      attempts: true,
      failure: true,
      user: { select: { name: true } },
      notices: { where: { bodyId }, select: { kind: true } },
    },
  })
}

/** Lets a mail that was given up be sent once more, now; answers whose it is, null when it was not given up. */
export async function reviveMail(
  tx: Db,
  { bodyId, mailId, now }: { bodyId: string; mailId: string; now: Date },
): Promise<string | null> {
  const [mail] = await tx.mail.updateManyAndReturn({
    where: { id: mailId, state: 'failed', notices: { some: { bodyId } } },
    data: { state: 'waiting', urgent: true, attempts: 0, dueAt: now, failure: null },
    select: { userId: true },
  })
  return mail?.userId ?? null
}

/** Removes what has lain long enough: mails done before one day, notices from before another. */
export async function forget(
  db: Db,
  { mailsBefore, noticesBefore }: { mailsBefore: Date; noticesBefore: Date },
) {
  await db.mail.deleteMany({ where: { state: 'sent', sentAt: { lt: mailsBefore } } })
  await db.notice.deleteMany({ where: { createdAt: { lt: noticesBefore } } })
}
