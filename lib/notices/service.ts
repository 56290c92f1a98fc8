import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { env } from '@/lib/env.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { signal } from '@/lib/signals.ts'
import { lockPerson, moveMails, withdrawMails } from './outbox-store.ts'
import { dueAt, isUrgent, tellable } from './rules.ts'
import type { MailPace, MailSettings, NewNotice, NoticeList } from './schema.ts'
import * as store from './store.ts'
import { viewNotice } from './view.ts'

export type { NewNotice, NoticeKind } from './schema.ts'

/**
 * Tells people what happened, inside the transaction of the act: in their list, and by mail as each has wished. Who
 * did it is not told, and nobody twice of one kind and subject.
 */
export async function notify(tx: Db, notices: NewNotice[], clock: Clock = systemClock): Promise<void> {
  const wanted = tellable(notices)
  if (wanted.length === 0) return
  const now = clock()
  const fresh = await store.insertNotices(tx, wanted, now)
  if (fresh.length === 0) return
  const userIds = [...new Set(fresh.map(({ userId }) => userId))]
  await post(tx, { wanted, fresh, userIds, now })
  await signal(tx, ...userIds.map((userId) => ({ kind: 'notices-changed' as const, userId })))
}

type Post = {
  wanted: NewNotice[]
  fresh: Awaited<ReturnType<typeof store.insertNotices>>
  userIds: string[]
  now: Date
}

async function post(tx: Db, { wanted, fresh, userIds, now }: Post): Promise<void> {
  const paces = await store.findPaces(tx, userIds)
  const keyOf = (notice: { userId: string; kind: string; subjectId: string }) =>
    JSON.stringify([notice.userId, notice.kind, notice.subjectId])
  const urgent = new Set(wanted.filter(isUrgent).map(keyOf))
  for (const userId of userIds) {
    const own = fresh.filter((notice) => notice.userId === userId)
    const isPressing = own.some((notice) => urgent.has(keyOf(notice)))
    const due = dueAt({ pace: paces.get(userId) ?? 'none', urgent: isPressing, now })
    if (!due) continue
    const noticeIds = own.map(({ id }) => id)
    await store.insertMail(tx, { userId, urgent: isPressing, dueAt: due, noticeIds }, now)
  }
}

const shown = 200

/** The actor's notices of the bodies they belong to now, the newest first, and how many in all are unread. */
export async function listNotices(actor: Actor): Promise<NoticeList> {
  const bodyIds = actor.memberships.map(({ bodyId }) => bodyId)
  const rows = await store.findNotices(db(), { userId: actor.userId, bodyIds, limit: shown })
  const notices = rows.flatMap((row) => viewNotice(row, subjectIn(actor, row.body.id)) ?? [])
  return { notices, unread: await countUnread(actor) }
}

/** How many of the actor's notices are unread. */
export function countUnread(actor: Actor): Promise<number> {
  const bodyIds = actor.memberships.map(({ bodyId }) => bodyId)
  return store.countUnread(db(), actor.userId, bodyIds)
}

/** Marks own notices as read: those named, or all up to a moment. Others' are left alone; doing it twice is doing it once. */
export async function markRead(
  actor: Actor,
  which: { ids: string[] } | { upTo: Date },
  clock: Clock = systemClock,
): Promise<void> {
  await transaction(async (tx) => {
    const count = await store.markRead(tx, actor.userId, { which, at: clock() })
    if (count > 0) await signal(tx, { kind: 'notices-changed', userId: actor.userId })
  })
}

/** What the actor has chosen about mail. */
export async function loadMailSettings(actor: Actor): Promise<MailSettings> {
  const { email, mailPace } = await store.findSettings(db(), actor.userId)
  return { pace: mailPace, email, isMailOn: env().smtpUrl !== null }
}

/** Chooses when the actor gets mail; what waits for them follows the choice. */
export async function choosePace(
  actor: Actor,
  { pace }: { pace: MailPace },
  clock: Clock = systemClock,
): Promise<void> {
  const { userId } = actor
  await transaction(async (tx) => {
    // The same lock the sender of mail takes first, so that neither waits for the other.
    await lockPerson(tx, userId)
    await store.updatePace(tx, userId, pace)
    const due = dueAt({ pace, urgent: false, now: clock() })
    if (due) await moveMails(tx, userId, due)
    else await withdrawMails(tx, userId)
    await audit(tx, { bodyId: null, userId, act: 'mail-pace-chosen', subjectId: userId, data: { pace } })
  })
}
