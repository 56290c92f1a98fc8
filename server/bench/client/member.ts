import { idOf, stageSize } from '../names.ts'
import { maskedFrame, writeVaruint } from './frame.ts'
import { presencePayload } from './presence.ts'
import { RawSocket } from './socket.ts'
import type { Target } from './target.ts'
import { type Anchor, firstClient, letterPayload } from './typing.ts'

/** What all members of a crowd share. */
export type CrowdContext = {
  target: Target
  cookies: string[]
  anchor: Anchor
  /** How many bytes of words a room has at least: whoever got fewer does not have it yet. */
  atLeast: number
  /** A frame that is not of the handshake. */
  heard: (member: Member, bytes: Buffer, from: number, to: number) => void
  /** The server's first answer came, of so many bytes. */
  synced: (member: Member, bytes: number) => void
  closed: (member: Member, code: number) => void
  /** Words came: the update of a step 2 or an update frame. Left out where nobody reads them. */
  words?: (update: Uint8Array) => void
}

const signIn = Buffer.concat([Buffer.from([2, 0, 5]), Buffer.from('token')])
const signedIn = 2
const nothingYet = Buffer.from([0, 0, 1, 0])
const nothingMore = Buffer.from([0, 1, 2, 0, 0])
const addresses = 20

/** One client: a socket in a room that can type. */
export class Member {
  readonly #context: CrowdContext
  readonly room: number
  readonly #clientId: number
  readonly at: number
  readonly prefix: Buffer
  #socket: RawSocket | null = null
  #behind: Anchor
  /** Letters typed, and when each was sent, by its clock. */
  letters = 0
  sentAt = new Float64Array(1024)
  /** Frames sent that the server counts in its acknowledgements but are not letters. */
  otherFrames = 0
  acknowledged = 0
  /** Frames the server said it took in, one by one, on this connection. */
  taken = 0
  isSynced = false
  /** Letters typed on earlier connections: the server counts from each connection's own beginning. */
  framesBefore = 0
  /** How often it said where it is, and when it said so last. */
  announcements = 0
  announcedAt = 0
  #isAnswered = false
  #bytes = 0

  constructor(context: CrowdContext, at: number, room: number) {
    this.#context = context
    this.at = at
    this.room = room
    this.#clientId = firstClient + at
    this.#behind = context.anchor
    this.prefix = context.target.wire === 'hocuspocus' ? named(`room-${room}`) : Buffer.alloc(0)
  }

  open(): void {
    const { target, cookies } = this.#context
    const isOurs = target.wire === 'ours'
    this.isSynced = false
    this.otherFrames = 0
    this.taken = 0
    this.framesBefore = this.letters
    this.#bytes = 0
    this.#isAnswered = false
    this.#socket = new RawSocket({
      port: target.port,
      localAddress: `127.0.0.${2 + (this.at % addresses)}`,
      path: isOurs ? `/sync/item/${idOf('item', this.room)}` : `/room-${this.room}`,
      headers: isOurs
        ? { Origin: `http://127.0.0.1:${target.port}`, Cookie: cookies[this.at % stageSize.users] ?? '' }
        : {},
      opened: () => this.#send(target.wire === 'hocuspocus' ? signIn : nothingYet),
      frame: (bytes, from, to) => this.#receive(bytes, from, to),
      closed: (code) => this.#context.closed(this, code),
    })
  }

  #send(payload: Uint8Array): void {
    this.#socket?.send(maskedFrame(this.prefix.length ? Buffer.concat([this.prefix, payload]) : payload))
  }

  #receive(bytes: Buffer, start: number, to: number): void {
    const from = start + this.prefix.length
    const isSync = bytes[from] === 0
    if (isSync) {
      this.#bytes += to - from
      if (bytes[from + 1] !== 0) this.#context.words?.(updateOf(bytes, from + 2, to))
    }
    if (!this.isSynced && bytes[from] === signedIn) this.#send(nothingYet)
    if (isSync && bytes[from + 1] === 0) {
      this.otherFrames++
      this.#send(nothingMore)
    } else if (isSync && !this.isSynced && (this.#isAnswered || bytes[from + 1] === 1)) {
      // One that keeps documents may answer before it has read them, and send the words after.
      this.#isAnswered = true
      this.isSynced = this.#bytes >= this.#context.atLeast
      if (this.isSynced) this.#context.synced(this, this.#bytes)
    } else this.#context.heard(this, bytes, from, to)
  }

  /** Gives the room a state, as the answer to a step 1. */
  give(state: Uint8Array): void {
    this.otherFrames++
    this.#send(withHead(1, state))
  }

  /** Types one letter. */
  type(now: number): void {
    const clock = this.letters++
    if (clock >= this.sentAt.length) {
      const longer = new Float64Array(this.sentAt.length * 2)
      longer.set(this.sentAt)
      this.sentAt = longer
    }
    this.sentAt[clock] = now
    const client = this.#clientId
    this.#socket?.send(maskedFrame(letterPayload(this.prefix, { client, clock, behind: this.#behind })))
    this.#behind = { client, clock }
  }

  /** Sends a recorded or made update that others are to get. */
  send(update: Uint8Array): void {
    this.otherFrames++
    this.#send(withHead(2, update))
  }

  /** Sends a payload as it is. */
  sendPayload(payload: Uint8Array): void {
    if (payload[0] === 0) this.otherFrames++
    this.#send(payload)
  }

  /** Says where its cursor is, and when that was. */
  announce(now: number): void {
    this.announcedAt = now
    this.#send(presencePayload({ client: this.#clientId, clock: ++this.announcements, at: this.at }))
  }

  /** Resolves when the server has read all that was sent. */
  caughtUp(): Promise<void> {
    return this.#socket?.roundTrip() ?? Promise.resolve()
  }

  drop(): void {
    this.#socket?.drop()
  }
}

function withHead(syncType: number, bytes: Uint8Array): Uint8Array {
  const head = new Uint8Array(12)
  head[1] = syncType
  const end = writeVaruint(head, 2, bytes.length)
  return Buffer.concat([head.subarray(0, end), bytes])
}

function updateOf(bytes: Buffer, from: number, to: number): Uint8Array {
  let start = from
  while ((bytes[start] ?? 0) >= 128) start++
  return Uint8Array.prototype.slice.call(bytes, start + 1, to)
}

function named(room: string): Buffer {
  return Buffer.concat([Buffer.from([room.length]), Buffer.from(room)])
}
