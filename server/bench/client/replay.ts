import { z } from 'zod'
import { type Recorded, readSession } from '../trace/session.ts'
import { VaruintReader } from './frame.ts'
import { Histogram } from './histogram.ts'
import { Member } from './member.ts'
import { readCookies, type Target } from './target.ts'

/** What came of a replay: update frames sent and delivered, and how long they took, in ms. */
export const replayedSchema = z.object({
  sent: z.number(),
  delivered: z.number(),
  p50: z.number().nullable(),
  p99: z.number().nullable(),
})

/** What is replayed: a file of a session, in so many rooms with so many readers each, so many times as fast. */
export const replaySchema = z.object({
  file: z.string(),
  rooms: z.number(),
  readers: z.number(),
  speed: z.number(),
})

type ReplaySettings = z.infer<typeof replaySchema>

const authors = 2
const reader = new VaruintReader()

/** Replays what two people's editors sent, in many rooms at once, and measures when others get it. */
export class Replay {
  readonly #settings: ReplaySettings
  readonly #state: Uint8Array
  readonly #frames: Recorded[]
  readonly #indexes = new Map<string, number>()
  readonly #sentAt: Float64Array[]
  readonly #members: Member[]
  readonly #times = new Histogram()
  #wakeSynced: () => void = () => undefined
  #synced = 0
  #sent = 0
  #delivered = 0
  #next = 0
  #failure: Error | null = null
  #isLeaving = false

  constructor(target: Target, settings: ReplaySettings) {
    this.#settings = settings
    const { state, frames } = readSession(settings.file)
    this.#state = state
    this.#frames = frames
    this.#index()
    const { rooms, readers } = settings
    this.#sentAt = Array.from({ length: rooms }, () => new Float64Array(frames.length))
    const context = {
      target,
      cookies: target.wire === 'ours' ? readCookies(target.cookieFile) : [],
      anchor: { client: 0, clock: 0 },
      atLeast: 0,
      synced: () => {
        this.#synced++
        this.#wakeSynced()
      },
      heard: (member: Member, bytes: Buffer, from: number) => this.#heard(member, bytes, from),
      closed: (_: Member, code: number) => {
        if (!this.#isLeaving) this.#failure ??= new Error(`The server closed a connection (${code})`)
        this.#wakeSynced()
      },
    }
    this.#members = Array.from(
      { length: rooms * (authors + readers) },
      (_, at) => new Member(context, at, at % rooms),
    )
  }

  #index(): void {
    for (const [at, { payload }] of this.#frames.entries()) {
      const key = keyOf(payload, 0)
      if (key) this.#indexes.set(key, at)
    }
  }

  /** Brings everyone in and gives each room the state that the session began with. */
  async begin(): Promise<void> {
    const { rooms } = this.#settings
    await this.#open(this.#members.slice(0, rooms))
    for (const member of this.#members.slice(0, rooms)) member.give(this.#state)
    await Promise.all(this.#members.slice(0, rooms).map((member) => member.caughtUp()))
    await this.#open(this.#members.slice(rooms))
  }

  async #open(members: Member[]): Promise<void> {
    const goal = this.#synced + members.length
    for (const member of members) member.open()
    while (this.#synced < goal) {
      if (this.#failure) throw this.#failure
      await new Promise<void>((resolve) => {
        this.#wakeSynced = resolve
      })
    }
  }

  /** Sends the next frames for some seconds, as they came in the session, and waits for the last to arrive. */
  async run(seconds: number): Promise<z.infer<typeof replayedSchema>> {
    this.#sent = 0
    this.#delivered = 0
    this.#times.clear()
    const { speed, readers } = this.#settings
    const origin = this.#frames[this.#next]?.at ?? 0
    const began = performance.now()
    while (performance.now() - began < seconds * 1000 && this.#next < this.#frames.length && !this.#failure) {
      const due = origin + (performance.now() - began) * speed
      while ((this.#frames[this.#next]?.at ?? Number.POSITIVE_INFINITY) <= due) this.#sendNext()
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    const deadline = performance.now() + 3000
    while (this.#delivered < this.#sent * (authors + readers - 1) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    if (this.#failure) throw this.#failure
    const [p50, p99] = [this.#times.quantile(0.5), this.#times.quantile(0.99)]
    return { sent: this.#sent, delivered: this.#delivered, p50, p99 }
  }

  #sendNext(): void {
    const frame = this.#frames[this.#next]
    if (!frame) return
    const { rooms } = this.#settings
    for (let room = 0; room < rooms; room++) {
      const times = this.#sentAt[room]
      if (times) times[this.#next] = performance.now()
      this.#members[frame.author * rooms + room]?.sendPayload(frame.payload)
    }
    if (frame.payload[0] === 0) this.#sent += rooms
    this.#next++
  }

  #heard(member: Member, bytes: Buffer, from: number): void {
    if (bytes[from] !== 0) return
    const key = keyOf(bytes, from)
    const at = key === null ? undefined : this.#indexes.get(key)
    const isOwn = at !== undefined && this.#isAuthor(member, at)
    if (isOwn) return
    this.#delivered++
    if (at !== undefined) this.#times.add(performance.now() - (this.#sentAt[member.room]?.[at] ?? 0))
  }

  #isAuthor(member: Member, at: number): boolean {
    return Math.floor(member.at / this.#settings.rooms) === this.#frames[at]?.author
  }

  drop(): void {
    this.#isLeaving = true
    for (const member of this.#members) member.drop()
  }
}

/** Which words an update frame brings first; null for one that only deletes, and for what is no update. */
function keyOf(bytes: Uint8Array, from: number): string | null {
  if (bytes[from] !== 0) return null
  reader.bytes = bytes
  reader.at = from + 2
  reader.read()
  if (reader.read() === 0) return null
  reader.read()
  return `${reader.read()}:${reader.read()}`
}
