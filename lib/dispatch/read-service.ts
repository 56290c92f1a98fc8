import { emptyContent } from '@/lib/agenda/doc.ts'
import type { ItemView } from '@/lib/agenda/schema.ts'
import { loadAgenda } from '@/lib/agenda/service.ts'
import type { ItemStatus } from '@/lib/approval/schema.ts'
import { loadApprovals } from '@/lib/approval/service.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { calendarDay } from '@/lib/i18n/dates.ts'
import { canBody } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { type DeadlineRule, type Deadlines, deadlinesOf, usualDeadlines } from '@/lib/meeting/deadlines.ts'
import { type CheckedItem, type Compared, changesSince, findingsOf, nextKind, validAfter } from './rules.ts'
import type { ReadinessView } from './schema.ts'
import * as store from './store.ts'

/** The deadlines of a meeting at a moment, by the rule of its body. */
export async function deadlinesAt(
  handle: Db,
  meeting: { id: string; startsAt: Date },
  now: Date,
): Promise<Deadlines> {
  const row = await store.findMeeting(handle, meeting.id)
  const days = { meetingDay: calendarDay(meeting.startsAt), today: calendarDay(now) }
  return deadlinesOf(days, row?.body ?? usualDeadlines)
}

/** The deadlines of a meeting, for those who may read its agenda. Throws not-found. */
export async function loadMeetingDeadlines(
  actor: Actor,
  meetingId: string,
  clock: Clock = systemClock,
): Promise<Deadlines> {
  const meeting = await store.findMeeting(db(), meetingId)
  if (!meeting || !canBody(subjectIn(actor, meeting.bodyId), 'readAgenda')) throw new AppError('not-found')
  return deadlinesAt(db(), meeting, clock())
}

/** What is valid of a meeting: its last edition with its supplements, item by item. */
export async function sentLast(handle: Db, meetingId: string): Promise<Compared[]> {
  const editions = await store.findEditions(handle, meetingId)
  return validAfter(editions).map(({ item, ...sent }) => ({ ...sent, title: item.title }))
}

/**
 * What of a meeting is ready to be sent and what is not, item by item, for those who work on it. Throws not-found, and
 * forbidden for who only reads.
 */
export async function loadReadiness(
  actor: Actor,
  meetingId: string,
  clock: Clock = systemClock,
): Promise<ReadinessView> {
  const [agenda, approvals] = await Promise.all([
    loadAgenda(actor, meetingId),
    loadApprovals(actor, meetingId),
  ])
  if (!agenda.may.openWorkspace) throw new AppError('forbidden')
  const statuses = new Map(approvals.items.map(({ itemId, status }) => [itemId, status]))
  const { meeting } = agenda
  const [deadlines, sent, editions] = await Promise.all([
    deadlinesAt(db(), { id: meetingId, startsAt: new Date(meeting.startsAt) }, clock()),
    sentLast(db(), meetingId),
    store.findEditions(db(), meetingId),
  ])
  const kind = nextKind(meeting)
  const isFirst = meeting.editionCount === 0
  const going = agenda.sections
    .flatMap(({ items }) => items)
    .filter((item) => kind !== 'supplement' || item.frozenNumber === null)
  const items = going.map((item) => checked(item, { status: statuses.get(item.id) ?? 'draft', isFirst }))
  const changes = isFirst ? [] : changesSince(kind === 'supplement' ? [] : sent, going.map(compared))
  const findings = findingsOf({ items, changes: isFirst ? null : changes, deadlines })
  return {
    next: kind && { kind, ordinal: 1 + editions.filter((one) => one.kind === kind).length },
    deadlines,
    findings: kind ? findings : [],
    approved: items.filter(({ status }) => status === 'approved').length,
    total: items.length,
    changes: kind ? changes : [],
    late: items
      .filter(({ isLate }) => isLate)
      .map(({ id: itemId, number, content, lateReason: reason }) => {
        return { itemId, number, title: content.title, reason }
      }),
    may: { dispatch: agenda.may.dispatch },
  }
}

function compared({ id: itemId, number, title, contentHash }: ItemView): Compared {
  return { itemId, number, title, contentHash: contentHash ?? '' }
}

function checked(item: ItemView, { status, isFirst }: { status: ItemStatus; isFirst: boolean }): CheckedItem {
  const { id, number, visibility, publicTitle, annexes, lateReason, frozenNumber } = item
  const content = item.content ?? emptyContent
  const isLate = !isFirst && frozenNumber === null
  return { id, number, content, visibility, publicTitle, annexes, status, isLate, lateReason }
}

/** A body's deadlines, for those who send its agendas or administer it. Throws not-found or forbidden. */
export async function loadDeadlines(actor: Actor, bodyId: string): Promise<DeadlineRule> {
  const subject = subjectIn(actor, bodyId)
  if (!subject) throw new AppError('not-found')
  if (!canBody(subject, 'dispatchAgenda') && !canBody(subject, 'administer')) throw new AppError('forbidden')
  const rule = await store.findDeadlines(db(), bodyId)
  if (!rule) throw new AppError('not-found')
  return rule
}
