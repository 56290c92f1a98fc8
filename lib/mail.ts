import { createTransport } from 'nodemailer'

/** One mail to one address, in plain text and as HTML. */
export type Letter = {
  to: string
  subject: string
  text: string
  html: string
  /** The same for each attempt at one mail, so that who gets it twice can tell. */
  messageId?: string
  headers?: Record<string, string>
}

/** Why a mail was not taken. */
export type MailRefusalCode =
  | 'recipient-refused'
  | 'message-refused'
  | 'deferred'
  | 'sign-in-refused'
  | 'server-away'
  | 'unexpected'

/** A mail the server did not take: why, and whether asking again is of no use. */
export class MailRefusal extends Error {
  readonly code: MailRefusalCode
  readonly isFinal: boolean
  constructor(code: MailRefusalCode, isFinal = false) {
    super(code)
    this.name = 'MailRefusal'
    this.code = code
    this.isFinal = isFinal
  }
}

/** The one door to the mail server. */
export type Mailer = {
  /** Throws a MailRefusal when the server does not answer, or not to us. */
  check: () => Promise<void>
  /** Resolves when the server has taken the mail. Throws a MailRefusal. */
  send: (letter: Letter) => Promise<void>
}

// Milliseconds; all of them together stay far under the time after which another process may take a mail up.
const patience = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  dnsTimeout: 10_000,
}
const longest = 120_000

/** Opens the door to the server at `smtp://…`; each mail has a connection of its own. */
export function openMailer({ smtpUrl, mailFrom }: { smtpUrl: string; mailFrom: string | null }): Mailer {
  const open = () =>
    createTransport(withPatience(smtpUrl), { disableFileAccess: true, disableUrlAccess: true })
  return {
    check: async () => {
      await open()
        .verify()
        .catch((error: unknown) => Promise.reject(readRefusal(error)))
    },
    send: async ({ headers, ...letter }) => {
      const transport = open()
      const mail = { from: mailFrom ?? undefined, ...letter, ...(headers && { headers }) }
      try {
        await within(longest, transport.sendMail(mail))
      } catch (error) {
        throw readRefusal(error)
      } finally {
        transport.close()
      }
    },
  }
}

function withPatience(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  for (const [name, value] of Object.entries(patience))
    if (!url.searchParams.has(name)) url.searchParams.set(name, `${value}`)
  return url.href
}

function within<T>(time: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MailRefusal('server-away')), time)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** What an error of the mail library means. Nothing of its text is kept: servers like to quote addresses. */
export function readRefusal(error: unknown): MailRefusal {
  if (error instanceof MailRefusal) return error
  if (!(error instanceof Error)) return new MailRefusal('unexpected')
  const { code, responseCode, command } = error as {
    code?: unknown
    responseCode?: unknown
    command?: unknown
  }
  const isAnswer = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (isAnswer && typeof responseCode === 'number' && responseCode < 500) return new MailRefusal('deferred')
  if (code === 'EENVELOPE' && (command === 'RCPT TO' || command === 'API'))
    return new MailRefusal('recipient-refused', true)
  if (isAnswer) return new MailRefusal('message-refused', true)
  if (code === 'EAUTH' || code === 'ENOAUTH') return new MailRefusal('sign-in-refused')
  return new MailRefusal(typeof code === 'string' ? 'server-away' : 'unexpected')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it stands in HTML, between tags and in attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
}
