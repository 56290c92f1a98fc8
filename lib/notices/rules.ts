import { CalendarDateTime, fromDate, toZoned } from '@internationalized/date'
import { timeZone } from '@/lib/i18n/dates.ts'
import { type MailPace, type MailTopic, mailTopics, type NewNotice, type NoticeKind } from './schema.ts'

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

/** A mail that is not done yet; while it is `sending`, `dueAt` is when its sender must have died. */
export type OpenMail = {
  id: string
  state: 'waiting' | 'sending'
  urgent: boolean
  dueAt: Date
  attempts: number
}

/** What to do next with a person's open mails. */
export type MailStep =
  | { step: 'rest' }
  | { step: 'expire'; ids: string[] }
  | { step: 'put-off'; ids: string[]; until: Date }
  | { step: 'send'; id: string; joined: string[]; urgent: boolean }

/** At most one mail goes to a person in this time, unless it is urgent. */
export const calm = 60 * minute

/** So long a mail is its sender's alone; well over what sending can take. */
export const lease = 10 * minute

const tooOld = 3 * 24 * 60 * minute

/**
 * Judges a person's open mails, the oldest first. New ones go together; one that was tried before goes alone, with the
 * words it had, for it may have arrived. Nothing goes while another is being sent, nor within an hour of the last
 * mail, unless it is urgent.
 */
export function nextStep(
  mails: OpenMail[],
  { lastSentAt, now }: { lastSentAt: Date | null; now: Date },
): MailStep {
  const due = mails.filter((mail) => mail.dueAt <= now)
  if (due.length === 0) return { step: 'rest' }
  const sending = mails.find((mail) => mail.state === 'sending' && mail.dueAt > now)
  const ids = due.map(({ id }) => id)
  if (sending) return { step: 'put-off', ids, until: new Date(now.getTime() + 2 * second) }
  const expired = due.filter((mail) => isNew(mail) && now.getTime() - mail.dueAt.getTime() > tooOld)
  if (expired.length > 0) return { step: 'expire', ids: expired.map(({ id }) => id) }
  const calmUntil = new Date((lastSentAt?.getTime() ?? 0) + calm)
  const mayGo = (mail: OpenMail) => mail.urgent || calmUntil <= now
  const tried = due.find((mail) => !isNew(mail) && mayGo(mail))
  if (tried) return { step: 'send', id: tried.id, joined: [], urgent: tried.urgent }
  if (!due.some((mail) => isNew(mail) && mayGo(mail))) return { step: 'put-off', ids, until: calmUntil }
  const [first, ...others] = mails.filter(isNew)
  if (!first) return { step: 'rest' }
  const urgent = [first, ...others].some((mail) => mail.urgent)
  return { step: 'send', id: first.id, joined: others.map(({ id }) => id), urgent }
}

function isNew(mail: OpenMail): boolean {
  return mail.attempts === 0
}

/** After so many attempts, three days with the pauses between them, a mail is given up. */
export const attemptLimit = 56

const firstPause = 15 * second
const longestPause = 120 * minute

/** How long to wait after an attempt that failed, in milliseconds; `chance` (0–1) spreads those that failed together. */
export function pauseAfter(attempts: number, chance: number): number {
  const whole = Math.min(firstPause * 2 ** (attempts - 1), longestPause)
  return Math.round(whole * (0.5 + chance / 2))
}

/** What becomes of a mail that was not taken: null when it is given up, else when it is tried again. */
export function retryAt(attempt: {
  attempts: number
  isFinal: boolean
  chance: number
  now: Date
}): Date | null {
  if (attempt.isFinal || attempt.attempts >= attemptLimit) return null
  return new Date(attempt.now.getTime() + pauseAfter(attempt.attempts, attempt.chance))
}

const topics: Readonly<Record<NoticeKind, MailTopic>> = {
  'item-submitted': 'approval',
  'item-returned': 'approval',
  'return-answered': 'approval',
  'item-approved': 'approval',
  'approval-lapsed': 'approval',
  'agenda-dispatched': 'dispatch',
  'supplement-dispatched': 'dispatch',
  'edition-dispatched': 'dispatch',
  'deadline-near': 'deadline',
  'comment-answered': 'comments',
  mentioned: 'comments',
  'question-asked': 'comments',
  'question-answered': 'comments',
  'thread-assigned': 'comments',
}

/** What notices are about, each topic once, in the order of `mailTopics`. */
export function topicsOf(kinds: string[]): MailTopic[] {
  const found = new Set(kinds.filter(isNoticeKind).map((kind) => topics[kind]))
  return mailTopics.filter((topic) => found.has(topic))
}

/** Is this one of the kinds this version knows? */
export function isNoticeKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(topics, kind)
}
