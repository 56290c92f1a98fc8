import { CalendarDateTime, fromDate, toZoned } from '@internationalized/date'
import { timeZone } from '@/lib/i18n/dates.ts'
import type { MailPace, NewNotice } from './schema.ts'

const second = 1000
const minute = 60 * second

/** So long what is not urgent waits for more of its kind, so that a row of acts becomes one mail. */
export const gatherFor = 2 * minute

const digestHour = 7

/** Who is to be told: never a person of their own act, and each once. */
export function tellable(notices: readonly NewNotice[]): NewNotice[] {
  const told = new Map<string, NewNotice>()
  for (const notice of notices) {
    const key = JSON.stringify([notice.userId, notice.kind, notice.subjectId])
    if (notice.userId !== notice.actorId && !told.has(key)) told.set(key, notice)
  }
  return [...told.values()]
}

/** Can't it wait for the next hour or morning? What binds others to a day can't: an agenda, a return, a last day. */
export function isUrgent({ kind, data }: Pick<NewNotice, 'kind' | 'data'>): boolean {
  if (kind === 'deadline-near') return typeof data?.days === 'number' && data.days <= 0
  return kind === 'agenda-dispatched' || kind === 'supplement-dispatched' || kind === 'item-returned'
}

/** When a mail may go at the earliest, were it alone; null when the person wants none. */
export function dueAt({ pace, urgent, now }: { pace: MailPace; urgent: boolean; now: Date }): Date | null {
  if (pace === 'none') return null
  if (urgent) return now
  return pace === 'daily' ? nextDigest(now) : new Date(now.getTime() + gatherFor)
}

/** The next seven o'clock in the morning of Denmark, later than `now`. */
export function nextDigest(now: Date): Date {
  const { year, month, day } = fromDate(now, timeZone)
  const today = new CalendarDateTime(year, month, day, digestHour)
  const moment = toZoned(today, timeZone).toDate()
  return moment > now ? moment : toZoned(today.add({ days: 1 }), timeZone).toDate()
}
