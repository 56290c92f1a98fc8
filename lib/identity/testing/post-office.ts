import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A real mail server in the test's process, which keeps every mail it takes. */
export type PostOffice = {
  url: string
  mails: ParsedMail[]
  /** The next mail that has not been fetched yet, waiting for it where needed. */
  next: () => Promise<ParsedMail>
  close: () => Promise<void>
}

/** Opens a mail server on a free port of loopback. */
export async function openPostOffice(): Promise<PostOffice> {
  const mails: ParsedMail[] = []
  let fetched = 0
  let waiting: (() => void) | null = null
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail)
        done()
        waiting?.()
      }, done)
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.server.address()
  if (typeof address !== 'object' || !address) throw new Error('The mail server has no port')

  async function next(): Promise<ParsedMail> {
    const mail = mails[fetched]
    if (mail) {
      fetched += 1
      return mail
    }
    await new Promise<void>((arrived) => {
      waiting = arrived
    })
    waiting = null
    return next()
  }

  const close = () => new Promise<void>((closed) => server.close(closed))
  return { url: `smtp://127.0.0.1:${address.port}`, mails, next, close }
}
