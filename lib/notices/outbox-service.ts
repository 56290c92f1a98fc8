import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { env } from '@/lib/env.ts'
import { AppError } from '@/lib/errors.ts'
import { locales } from '@/lib/i18n/messages.ts'
import { bodiesOf, membershipNow } from '@/lib/identity/membership-service.ts'
import { canBody } from '@/lib/identity/rules.ts'
import { type Actor, type ActorMembership, subjectIn } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { log } from '@/lib/log.ts'
import { type Letter, type Mailer, MailRefusal } from '@/lib/mail.ts'
import { signal } from '@/lib/signals.ts'
import { composeNoticeMail } from './mail.ts'
import * as store from './outbox-store.ts'
import { lease, nextStep, retryAt, topicsOf } from './rules.ts'
import { type MailLine, mailFailures, type OutboxView } from './schema.ts'
import { findMailNotices } from './store.ts'
import { viewNotice } from './view.ts'

const shown = 50

/** The bodies whose outbox the actor may open, by name. */
export async function outboxesOf(actor: Actor): Promise<{ bodyId: string; name: string }[]> {
  const bodies = await bodiesOf(actor)
  return bodies
    .filter(({ id }) => canBody(subjectIn(actor, id), 'manageMail'))
    .map(({ id, name }) => ({ bodyId: id, name }))
}

/** A body's mails: given up, on their way, and the latest sent. Throws not-found. */
export async function loadOutbox(actor: Actor, bodyId: string): Promise<OutboxView> {
  const body = await store.findBody(db(), bodyId)
  if (!body || !canBody(subjectIn(actor, bodyId), 'manageMail')) throw new AppError('not-found')
  const lines = async (...states: MailLine['state'][]) =>
    (await store.findMails(db(), { bodyId, states, limit: shown })).map(viewMail)
  return {
    bodyId,
    bodyName: body.name,
    isMailOn: env().smtpUrl !== null,
    failed: await lines('failed'),
    waiting: await lines('waiting', 'sending'),
    sent: await lines('sent'),
  }
}

function viewMail(row: Awaited<ReturnType<typeof store.findMails>>[number]): MailLine {
  const { id, user, state, createdAt, dueAt, sentAt, attempts, failure, notices } = row
  return {
    id,
    name: user.name,
    state,
    topics: topicsOf(notices.map(({ kind }) => kind)),
    createdAt: createdAt.toISOString(),
    dueAt: dueAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    attempts,
    failure: mailFailures.find((known) => known === failure) ?? null,
  }
}

/** Sends a mail that was given up once more. Throws not-found, also when it was not given up. */
export async function sendAgain(
  actor: Actor,
  { bodyId, mailId }: { bodyId: string; mailId: string },
  clock: Clock = systemClock,
): Promise<void> {
  if (!canBody(subjectIn(actor, bodyId), 'manageMail')) throw new AppError('not-found')
  await transaction(async (tx) => {
    const userId = await store.reviveMail(tx, { bodyId, mailId, now: clock() })
    if (!userId) throw new AppError('not-found')
    await audit(tx, { bodyId, userId: actor.userId, act: 'mail-sent-again', subjectId: mailId })
    await signal(tx, { kind: 'notices-changed', userId })
  })
}

/** With what mail is sent: the door to the server, the time, and chance between 0 and 1. */
export type Post = { mailer: Mailer; clock: Clock; chance: () => number }

/**
 * Sends one mail that is due: takes it in one transaction, sends it, and notes what came of it. Answers `idle` when
 * none is due, and `away` when the mail server does not answer.
 */
export async function sendNext(post: Post): Promise<'idle' | 'done' | 'away'> {
  const now = post.clock()
  // Asked first without a transaction: most looks find nothing.
  if (!(await store.isMailDue(db(), now))) return 'idle'
  const taken = await transaction((tx) => takeNext(tx, now))
  if (taken === 'idle' || taken === 'done') return taken
  return attempt(taken, post)
}

async function takeNext(tx: Db, now: Date): Promise<store.ClaimedMail | 'idle' | 'done'> {
  const userId = await store.lockPersonWithMail(tx, now)
  if (!userId) return 'idle'
  // Read behind the lock, so that what another process did to this person's mails is seen.
  const { mails, lastSentAt } = await store.findOpenMails(tx, userId)
  const next = nextStep(mails, { lastSentAt, now })
  switch (next.step) {
    case 'rest':
      return 'done'
    case 'expire':
      await store.failMails(tx, next.ids, { failure: 'expired', at: now })
      return 'done'
    case 'put-off':
      await store.putOff(tx, next.ids, next.until)
      return 'done'
    case 'send':
      return store.claimMail(tx, { ...next, until: new Date(now.getTime() + lease) })
  }
}

async function attempt(mail: store.ClaimedMail, { mailer, clock, chance }: Post): Promise<'done' | 'away'> {
  try {
    const letter = await write(mail, clock())
    if (letter === 'needless') await store.closeAttempt(db(), mail, { state: 'needless' })
    else if (letter === 'no-longer-member')
      await store.closeAttempt(db(), mail, { state: 'failed', failure: letter, dueAt: clock() })
    else {
      await mailer.send(letter)
      await store.closeAttempt(db(), mail, { state: 'sent', at: clock() })
    }
    return 'done'
  } catch (error) {
    const { code, isFinal } = error instanceof MailRefusal ? error : new MailRefusal('unexpected')
    if (!(error instanceof MailRefusal))
      log.error({ err: error, mailId: mail.id }, 'a mail could not be written')
    const now = clock()
    const again = retryAt({ attempts: mail.attempts, isFinal, chance: chance(), now })
    const state = again ? ('waiting' as const) : ('failed' as const)
    const outcome = { state, dueAt: again ?? now, failure: code }
    log.warn({ mailId: mail.id, code, attempts: mail.attempts, state: outcome.state }, 'mail not sent')
    await store.closeAttempt(db(), mail, outcome)
    return code === 'server-away' || code === 'sign-in-refused' ? 'away' : 'done'
  }
}

/** The mail's words as they are at this moment, by what the receiver may read at this moment. */
async function write(
  { id, userId }: store.ClaimedMail,
  now: Date,
): Promise<Letter | 'needless' | 'no-longer-member'> {
  const receiver = await store.findReceiver(db(), userId)
  const facts = await findMailNotices(db(), id)
  if (!receiver || facts.length === 0) return 'needless'
  const memberships = new Map<string, ActorMembership | null>()
  for (const bodyId of new Set(facts.map(({ body }) => body.id)))
    memberships.set(bodyId, await membershipNow(db(), { bodyId, userId, today: dayOf(now) }))
  const notices = facts.flatMap((one) => viewNotice(one, memberships.get(one.body.id) ?? null) ?? [])
  if (notices.length === 0) return 'no-longer-member'
  const locale = locales.find((known) => known === receiver.locale) ?? 'da'
  return composeNoticeMail({ id, receiver: { ...receiver, locale }, notices, publicUrl: env().publicUrl })
}

const day = 24 * 60 * 60 * 1000

/** Removes mails that were sent a quarter of a year ago, and notices that are more than a year old. */
export async function forgetOldMail(now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * day)
  await store.forget(db(), { mailsBefore: before(90), noticesBefore: before(400) })
}
