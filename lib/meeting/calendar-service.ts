import { randomBytes } from 'node:crypto'
import { createTranslator } from 'next-intl'
import { sha256 } from '@/lib/agenda/hash.ts'
import { audit } from '@/lib/audit.ts'
import { systemClock } from '@/lib/clock.ts'
import { db, transaction } from '@/lib/db.ts'
import { env } from '@/lib/env.ts'
import { AppError } from '@/lib/errors.ts'
import { calendarDay } from '@/lib/i18n/dates.ts'
import { locales, messages } from '@/lib/i18n/messages.ts'
import { actorOf } from '@/lib/identity/membership-service.ts'
import { canBody } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { entriesOf, writeCalendar } from './calendar.ts'
import { deadlinesOf } from './deadlines.ts'
import * as store from './store.ts'

/** A calendar goes a year back; what is older is in the archive. */
const kept = 365 * 86_400_000

/** Has the actor an address for their calendar, and since when? */
export async function loadCalendar(actor: Actor): Promise<{ since: string | null }> {
  const feed = await store.findFeed(db(), actor.userId)
  return { since: feed?.createdAt.toISOString() ?? null }
}

/**
 * Makes the actor a new secret address and answers it, once: only its hash is kept. The address before leads nowhere
 * from now on.
 */
export async function openCalendar(
  actor: Actor,
  now: Date = systemClock(),
): Promise<{ address: string; since: string }> {
  const token = randomBytes(24).toString('base64url')
  const { userId } = actor
  await transaction(async (tx) => {
    await store.writeFeed(tx, { userId, tokenHash: sha256(token), createdAt: now })
    await audit(tx, { bodyId: null, userId, act: 'calendar-opened', subjectId: userId })
  })
  return { address: `${env().publicUrl}/api/kalender/${token}.ics`, since: now.toISOString() }
}

/** Takes the actor's address away; doing it twice changes nothing. */
export async function closeCalendar({ userId }: Actor): Promise<void> {
  await transaction(async (tx) => {
    if ((await store.deleteFeed(tx, userId)) === 0) return
    await audit(tx, { bodyId: null, userId, act: 'calendar-closed', subjectId: userId })
  })
}

/**
 * The calendar behind a secret address, in RFC 5545's form, with what its owner may know at this moment: when and where
 * meetings are and, for who works on them, their deadlines. Throws not-found for an address that leads nowhere.
 */
export async function readCalendar(token: string, now: Date = systemClock()): Promise<string> {
  const feed = await store.findFeedByToken(db(), sha256(token))
  const actor = feed && (await actorOf(feed.userId, now))
  if (!feed || !actor) throw new AppError('not-found')
  const locale = locales.find((known) => known === feed.user.locale) ?? locales[0]
  const t = createTranslator({ locale, messages: messages[locale].meeting.calendar.feed })
  const words = {
    meeting: (body: string) => t('meeting', { body }),
    agenda: (body: string) => t('agenda', { body }),
    material: (body: string) => t('material', { body }),
  }
  const readable = actor.memberships.filter((one) => canBody(one, 'readAgenda')).map(({ bodyId }) => bodyId)
  const meetings = await store.findCalendarMeetings(db(), {
    bodyIds: readable,
    from: new Date(now.getTime() - kept),
  })
  const today = calendarDay(now)
  const entries = meetings.flatMap((meeting) => {
    const isWorkedOn = canBody(subjectIn(actor, meeting.bodyId), 'openWorkspace')
    const deadlines = deadlinesOf({ meetingDay: calendarDay(meeting.startsAt), today }, meeting.body)
    return entriesOf(
      { ...meeting, bodyName: meeting.body.name, deadlines: isWorkedOn ? deadlines : null },
      { words, publicUrl: env().publicUrl },
    )
  })
  return writeCalendar({ name: t('name'), entries })
}
