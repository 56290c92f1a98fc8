import { createTranslator } from 'next-intl'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { env } from '@/lib/env.ts'
import { type Locale, messages } from '@/lib/i18n/messages.ts'
import { log } from '@/lib/log.ts'
import { escapeHtml, openMailer } from '@/lib/mail.ts'
import { safeReturnPath } from './return-path.ts'
import { countTokens, findUserByEmail, type Person } from './store.ts'

/** How long an e-mail link works, in seconds. */
export const linkSeconds = 15 * 60

const linksAtOnce = 5

/**
 * Sends a sign-in link to a known address. An unknown one, or one with too many unused links, gets no mail and the
 * same answer after the same steps, so that nobody learns who has an account. Throws when the mail server is away.
 */
export async function sendSignInLink(
  request: { email: string; callbackUrl: string; locale: Locale },
  clock: Clock = systemClock,
): Promise<void> {
  const { smtpUrl, mailFrom, publicUrl } = env()
  if (!smtpUrl) throw new Error('No mail server is configured')
  const mailer = openMailer({ smtpUrl, mailFrom })
  await mailer.check()
  const person = await findUserByEmail(db(), request.email)
  if (!person || (await countTokens(db(), person.email, clock())) > linksAtOnce) return
  const mail = composeSignInMail({
    person,
    url: confirmUrl(request.callbackUrl, publicUrl),
    locale: request.locale,
  })
  // Not awaited: how long a mail takes would tell a known address from an unknown one.
  mailer
    .send({ to: person.email, ...mail })
    .catch((error: Error) => log.error({ error: error.name, userId: person.id }, 'sign-in mail not sent'))
}

/**
 * The page a link leads to: one more press signs in, because mail filters open every link of a mail and would use
 * the token up.
 */
function confirmUrl(callbackUrl: string, publicUrl: string): string {
  const { searchParams } = new URL(callbackUrl)
  const url = new URL('/log-ind/bekraeft', publicUrl)
  for (const name of ['email', 'token']) url.searchParams.set(name, searchParams.get(name) ?? '')
  url.searchParams.set('callbackUrl', safeReturnPath(searchParams.get('callbackUrl'), publicUrl))
  return url.href
}

/** The words of a sign-in mail, plain and as HTML. */
export function composeSignInMail({
  person,
  url,
  locale,
}: {
  person: Pick<Person, 'name'>
  url: string
  locale: Locale
}): { subject: string; text: string; html: string } {
  const t = createTranslator({ locale, messages: messages[locale].identity.mail })
  const lines = [
    t('greeting', { name: person.name }),
    t('press'),
    url,
    t('short', { minutes: linkSeconds / 60 }),
  ]
  const [greeting, press, , short] = lines.map(escapeHtml)
  const link = `<a href="${escapeHtml(url)}" style="color:#0e5a61">${escapeHtml(t('button'))}</a>`
  return {
    subject: t('subject'),
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html><html lang="${locale}"><body style="font:16px/1.5 sans-serif;color:#1c1e21"><p>${greeting}</p><p>${press}</p><p>${link}</p><p>${short}</p></body></html>`,
  }
}
