import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A real mail server in the test's process, which keeps every mail it takes. */
export type PostOffice = {
  url: string
  port: number
  mails: ParsedMail[]
  /** The same mails as the bytes that came over the line. */
  bytes: Buffer[]
  /** The next mail that has not been fetched yet, waiting for it where needed. */
  next: () => Promise<ParsedMail>
  close: () => Promise<void>
}

type Options = {
  /** 0 takes a free one. */
  port?: number
  /** The SMTP code a recipient is refused with; null takes the mail. */
  refuse?: (address: string) => number | null
}

/** Opens a mail server on loopback. */
export async function openPostOffice({ port = 0, refuse }: Options = {}): Promise<PostOffice> {
  const mails: ParsedMail[] = []
  const kept: Buffer[] = []
  let fetched = 0
  let waiting: (() => void) | null = null
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = refuse?.(address) ?? null
      if (responseCode === null) done()
      else done(Object.assign(new Error(`<${address}> is refused`), { responseCode }))
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      simpleParser(stream).then((mail) => {
        mails.push(mail)
        kept.push(Buffer.concat(chunks))
        done()
        waiting?.()
      }, done)
    },
  })
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready))
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
  return { url: `smtp://127.0.0.1:${address.port}`, port: address.port, mails, bytes: kept, next, close }
}
