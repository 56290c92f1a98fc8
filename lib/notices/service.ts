import { type Clock, systemClock } from '@/lib/clock.ts'
import type { Db } from '@/lib/db.ts'
import { signal } from '@/lib/signals.ts'
import { dueAt, isUrgent, tellable } from './rules.ts'
import type { NewNotice } from './schema.ts'
import * as store from './store.ts'

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
