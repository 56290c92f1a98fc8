import { idOf, stageSize } from '../names.ts'
import { maskedFrame } from './frame.ts'
import { RawSocket } from './socket.ts'
import type { Target } from './target.ts'
import { type Anchor, firstClient, letterPayload } from './typing.ts'

/** What all members of a crowd share. */
export type CrowdContext = {
  target: Target
  cookies: string[]
  anchor: Anchor
  /** A frame that is not of the handshake. */
  heard: (member: Member, bytes: Buffer, from: number, to: number) => void
  /** The server's first answer came, of so many bytes. */
  synced: (member: Member, bytes: number) => void
  closed: (member: Member, code: number) => void
}

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
  isSynced = false

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
    this.#socket = new RawSocket({
      port: target.port,
      localAddress: `127.0.0.${2 + (this.at % addresses)}`,
      path: isOurs ? `/sync/item/${idOf('item', this.room)}` : `/room-${this.room}`,
      headers: isOurs
        ? { Origin: `http://127.0.0.1:${target.port}`, Cookie: cookies[this.at % stageSize.users] ?? '' }
        : {},
      opened: () => this.#send(nothingYet),
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
    if (isSync && bytes[from + 1] === 0) {
      this.otherFrames++
      this.#send(nothingMore)
    } else if (isSync && bytes[from + 1] === 1 && !this.isSynced) {
      this.isSynced = true
      this.#context.synced(this, to - from)
    } else this.#context.heard(this, bytes, from, to)
  }

  /** Gives the room a state, as the answer to a step 1. */
  give(state: Uint8Array): void {
    const head = Buffer.allocUnsafe(12)
    head[0] = 0
    head[1] = 1
    let end = 2
    for (let rest = state.length; ; rest = Math.floor(rest / 128)) {
      head[end++] = rest < 128 ? rest : (rest % 128) | 128
      if (rest < 128) break
    }
    this.otherFrames++
    this.#send(Buffer.concat([head.subarray(0, end), state]))
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

  drop(): void {
    this.#socket?.drop()
  }
}

function named(room: string): Buffer {
  return Buffer.concat([Buffer.from([room.length]), Buffer.from(room)])
}
