import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membershipNow } from '@/lib/identity/membership-service.ts'
import { canBody } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { dayOf, isoDay } from '@/lib/identity/term.ts'
import { signal } from '@/lib/signals.ts'
import type { ApprovalRule } from './rules.ts'
import type { StandInView } from './schema.ts'
import * as store from './store.ts'

/** Who of the chairmanship must approve, for those who may set it. Throws not-found or forbidden. */
export async function loadRule(
  actor: Actor,
  bodyId: string,
  clock: Clock = systemClock,
): Promise<ApprovalRule> {
  await maySet(db(), actor, { bodyId, now: clock() })
  return store.findRule(db(), bodyId)
}

/** The stand-in that holds or is still to come, null without one, for those who may set it. Throws as `loadRule`. */
export async function loadStandIn(
  actor: Actor,
  bodyId: string,
  clock: Clock = systemClock,
): Promise<StandInView | null> {
  const now = clock()
  await maySet(db(), actor, { bodyId, now })
  const row = await store.findStandIn(db(), { bodyId, today: dayOf(now) })
  return row && { reason: row.reason, from: isoDay(row.fromDay), until: isoDay(row.untilDay) }
}

async function maySet(handle: Db, { userId }: Actor, { bodyId, now }: { bodyId: string; now: Date }) {
  const subject = await membershipNow(handle, { bodyId, userId, today: dayOf(now) })
  if (!subject) throw new AppError('not-found')
  if (!canBody(subject, 'dispatchAgenda') && !canBody(subject, 'administer')) throw new AppError('forbidden')
}

/**
 * Sets who of the chairmanship must approve an item. What has been said stays; where each item stands follows from the
 * new rule at once. Refuses with not-found or forbidden.
 */
export async function setRule(
  actor: Actor,
  { bodyId, rule }: { bodyId: string; rule: ApprovalRule },
  clock: Clock = systemClock,
): Promise<void> {
  await transaction(async (tx) => {
    const { userId } = actor
    await maySet(tx, actor, { bodyId, now: clock() })
    await store.updateRule(tx, bodyId, rule)
    await audit(tx, { bodyId, userId, act: 'approval-rule-set', subjectId: bodyId, data: { rule } })
    await tellMeetings(tx, bodyId)
  })
}

/**
 * Lets the vice-chair act for the chair from one day to another ("2026-12-24", both included), in the place of whatever
 * stand-in there was. On those days the vice-chair's word is the chair's too, and it stays so afterwards. Refuses with
 * reason-missing, stand-in-over (`until` is before today), not-found or forbidden.
 */
export async function setStandIn(
  actor: Actor,
  { bodyId, reason, from, until }: { bodyId: string } & StandInView,
  clock: Clock = systemClock,
): Promise<void> {
  const now = clock()
  const fromDay = new Date(`${from}T00:00:00Z`)
  const untilDay = new Date(`${until}T00:00:00Z`)
  await transaction(async (tx) => {
    const { userId } = actor
    await maySet(tx, actor, { bodyId, now })
    if (!reason) throw new AppError('reason-missing')
    if (untilDay < dayOf(now)) throw new AppError('stand-in-over')
    await endOpen(tx, actor, { bodyId, now })
    const standInId = await store.insertStandIn(tx, { bodyId, reason, fromDay, untilDay, userId })
    // The reason may be a sickness: it stays in its row.
    await audit(tx, { bodyId, userId, act: 'stand-in-set', subjectId: standInId, data: { from, until } })
    await tellMeetings(tx, bodyId)
  })
}

/**
 * Calls the stand-in off before its time, or before it began. Doing it twice is doing it once. Refuses with not-found or
 * forbidden.
 */
export async function endStandIn(
  actor: Actor,
  { bodyId }: { bodyId: string },
  clock: Clock = systemClock,
): Promise<void> {
  const now = clock()
  await transaction(async (tx) => {
    await maySet(tx, actor, { bodyId, now })
    const isEnded = await endOpen(tx, actor, { bodyId, now })
    if (isEnded) await tellMeetings(tx, bodyId)
  })
}

async function endOpen(tx: Db, { userId }: Actor, { bodyId, now }: { bodyId: string; now: Date }) {
  const ended = await store.endStandIns(tx, { bodyId, today: dayOf(now), at: now })
  for (const subjectId of ended) {
    await audit(tx, { bodyId, userId, act: 'stand-in-ended', subjectId, data: {} })
  }
  return ended.length > 0
}

async function tellMeetings(tx: Db, bodyId: string): Promise<void> {
  const told = (await store.findOpenMeetings(tx, bodyId)).map((meetingId) => ({
    kind: 'meeting-changed' as const,
    meetingId,
    what: 'approvals' as const,
  }))
  if (told.length > 0) await signal(tx, ...told)
}
