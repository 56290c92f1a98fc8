/*
 * PostgreSQL's wire protocol, as far as one session must be shared: where a turn of a client ends, and where in an
 * answer notifications stand. https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

/** What a client sent, whole. A turn is all it may send before somebody else's: a query, or parse to sync. */
export type Sent =
  | { kind: 'encryption' }
  | { kind: 'greeting' }
  | { kind: 'goodbye' }
  | { kind: 'turn'; bytes: Uint8Array; listens: boolean }

/** A client sent what one shared session can't carry; `message` says what. */
export class UnsharableError extends Error {}

const encryptionCodes = [80_877_103, 80_877_104]
const cancelCode = 80_877_102
const tagOf = (letter: string) => letter.charCodeAt(0)
const tags = {
  query: tagOf('Q'),
  sync: tagOf('S'),
  flush: tagOf('H'),
  call: tagOf('F'),
  parse: tagOf('P'),
  terminate: tagOf('X'),
  notification: tagOf('A'),
  ready: tagOf('Z'),
}
const turnEnds = new Set([tags.query, tags.sync, tags.flush, tags.call])

/** Cuts the bytes of one client, in whatever pieces they come, into what it sent. */
export class ClientReader {
  #chunks: Uint8Array[] = []
  #size = 0
  #needed = 8
  #turn: Buffer[] = []
  #isGreeted = false

  /** Takes a piece and answers what it completed. Throws UnsharableError. */
  read(chunk: Uint8Array): Sent[] {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    const sent: Sent[] = []
    if (this.#size < this.#needed) return sent
    let rest = Buffer.concat(this.#chunks)
    for (;;) {
      const length = this.#messageLength(rest)
      this.#needed = length
      if (rest.length < length) break
      const said = this.#take(rest.subarray(0, length))
      if (said) sent.push(said)
      rest = rest.subarray(length)
    }
    this.#chunks = [rest]
    this.#size = rest.length
    return sent
  }

  // The greeting alone has no tag before its length.
  #messageLength(bytes: Buffer): number {
    if (!this.#isGreeted) return bytes.length < 8 ? 8 : Math.max(8, bytes.readInt32BE(0))
    return bytes.length < 5 ? 5 : 1 + bytes.readInt32BE(1)
  }

  #take(message: Buffer): Sent | null {
    if (!this.#isGreeted) return this.#greeted(message.readInt32BE(4))
    const [tag] = message
    if (tag === tags.terminate) return { kind: 'goodbye' }
    if (tag === tags.parse && message[5] !== 0)
      throw new UnsharableError('Named statements are not kept apart')
    this.#turn.push(message)
    if (tag === undefined || !turnEnds.has(tag)) return null
    const bytes = Buffer.concat(this.#turn)
    this.#turn = []
    return {
      kind: 'turn',
      bytes,
      listens: tag === tags.query && /^listen\s/i.test(message.toString('utf8', 5)),
    }
  }

  #greeted(code: number): Sent {
    if (encryptionCodes.includes(code)) return { kind: 'encryption' }
    if (code === cancelCode) return { kind: 'goodbye' }
    this.#isGreeted = true
    return { kind: 'greeting' }
  }
}

/** A session's answer: what is for who asked, what is for all who listen, and whether the session is free again. */
export type Answer = { own: Uint8Array; notifications: Uint8Array[]; isFree: boolean }

/** Reads an answer. The session is free when it stands ready and outside a transaction. */
export function readAnswer(answer: Uint8Array): Answer {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
  const own: Buffer[] = []
  const notifications: Buffer[] = []
  let isFree = false
  let from = 0
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (bytes[at] === tags.ready) isFree = bytes[at + 5] === tagOf('I')
    if (bytes[at] === tags.notification) {
      own.push(bytes.subarray(from, at))
      notifications.push(bytes.subarray(at, end))
      from = end
    }
    at = end
  }
  if (from === 0) return { own: bytes, notifications, isFree }
  own.push(bytes.subarray(from))
  return { own: Buffer.concat(own), notifications, isFree }
}

/** A client's message: a simple query. */
export function writeQuery(sql: string): Uint8Array {
  return writeMessage('Q', Buffer.from(`${sql}\0`))
}

/** A client's message: the end of a turn; PostgreSQL forgets an error and says that it is ready. */
export function writeSync(): Uint8Array {
  return writeMessage('S', Buffer.alloc(0))
}

/** A client's first message. */
export function writeGreeting(user: string): Uint8Array {
  const body = Buffer.from(`\0\u0003\0\0user\0${user}\0database\0${user}\0\0`, 'latin1')
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([length, body])
}

/** The session's word that it goes no further with a client. */
export function writeFatal(message: string): Uint8Array {
  return writeMessage('E', Buffer.from(`SFATAL\0VFATAL\0C0A000\0M${message}\0\0`))
}

/** The answer to a request for encryption: none. */
export const noEncryption: Uint8Array = Buffer.from('N')

function writeMessage(tag: string, body: Buffer): Uint8Array {
  const head = Buffer.alloc(5)
  head.write(tag, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
