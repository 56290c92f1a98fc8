import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { loadThreads } from '@/lib/comments/service.ts'
import { db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membershipNow } from '@/lib/identity/membership-service.ts'
import { canBody, readsClosedItems } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { loadEdition } from './edition-service.ts'
import { loadItemReadings } from './item-reading-service.ts'
import type { OfflineCopy, OfflineList } from './schema.ts'
import * as store from './store.ts'

/** A meeting counts as coming until the end of the day after it began, as on the home page. */
const lingers = 24 * 60 * 60 * 1000

/** Which meetings the actor may keep for reading without a net: what was sent of the coming ones, the next first. */
export async function listOffline(actor: Actor, clock: Clock = systemClock): Promise<OfflineList> {
  const bodyIds = actor.memberships.filter((one) => canBody(one, 'readAgenda')).map(({ bodyId }) => bodyId)
  const after = new Date(clock().getTime() - lingers)
  const meetings = await store.findSentMeetings(db(), { bodyIds, after })
  return { userId: actor.userId, meetingIds: meetings.map(({ id }) => id) }
}

/**
 * What may be kept of a meeting for reading without a net: what is valid now, with its conversations. Unless the body
 * lets closed items be kept, they are told as to somebody who may not read them. Throws not-found, also for what was
 * not sent and for what is over.
 */
export async function loadOffline(
  actor: Actor,
  meetingId: string,
  clock: Clock = systemClock,
): Promise<OfflineCopy> {
  const { meetingIds } = await listOffline(actor, clock)
  const meeting = await store.findMeeting(db(), meetingId)
  if (!meeting || !meetingIds.includes(meetingId)) throw new AppError('not-found')
  const { bodyId } = meeting
  const keepsClosed = (await store.findOfflineRule(db(), bodyId)) === true
  const [edition, { threads, ...rest }, readings] = await Promise.all([
    loadEdition(keepsClosed ? actor : withoutClosed(actor, bodyId), meetingId),
    loadThreads(actor, meetingId, clock),
    loadItemReadings(actor, meetingId),
  ])
  const items = edition.agenda.sections.flatMap((section) => section.items)
  const kept = new Set(items.flatMap(({ id, content }) => (content ? [id] : [])))
  return {
    edition,
    threads: { ...rest, threads: threads.filter(({ itemId }) => kept.has(itemId)) },
    readings: Object.fromEntries(Object.entries(readings).filter(([itemId]) => kept.has(itemId))),
    leavesOutClosed: !keepsClosed && readsClosedItems(subjectIn(actor, bodyId)),
  }
}

/**
 * The actor as a reader who may not read closed items: the table of rights, and not a filter of its own, then says what
 * of them is told. Secretariat and chairmanship always may; what they read is kept as members read it.
 */
function withoutClosed(actor: Actor, bodyId: string): Actor {
  const memberships = actor.memberships.map((one) => {
    if (one.bodyId !== bodyId) return one
    const role = one.role === 'secretariat' || one.role === 'chair' ? ('member' as const) : one.role
    return { ...one, role, readsClosed: false }
  })
  return { ...actor, memberships }
}

/** Does a body let closed items be kept for reading without a net? For those who set it. Throws not-found or forbidden. */
export async function loadOfflineRule(actor: Actor, bodyId: string): Promise<boolean> {
  const subject = subjectIn(actor, bodyId)
  const rule = subject && (await store.findOfflineRule(db(), bodyId))
  if (rule === null) throw new AppError('not-found')
  if (!canBody(subject, 'dispatchAgenda') && !canBody(subject, 'administer')) throw new AppError('forbidden')
  return rule
}

/** Says whether closed items of a body may be kept for reading without a net. Throws not-found or forbidden. */
export async function setOfflineRule(
  actor: Actor,
  { bodyId, keepsClosedOffline }: { bodyId: string; keepsClosedOffline: boolean },
  clock: Clock = systemClock,
): Promise<void> {
  await transaction(async (tx) => {
    const subject = await membershipNow(tx, { bodyId, userId: actor.userId, today: dayOf(clock()) })
    if (!subject) throw new AppError('not-found')
    if (!canBody(subject, 'dispatchAgenda') && !canBody(subject, 'administer'))
      throw new AppError('forbidden')
    await store.updateOfflineRule(tx, bodyId, keepsClosedOffline)
    await audit(tx, {
      bodyId,
      userId: actor.userId,
      act: 'offline-rule-set',
      subjectId: bodyId,
      data: { keepsClosedOffline: keepsClosedOffline ? 1 : 0 },
    })
  })
}
