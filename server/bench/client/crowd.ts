import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { z } from 'zod'
import { VaruintReader } from './frame.ts'
import { Histogram } from './histogram.ts'
import { Member } from './member.ts'
import { type CrowdSize, readCookies, type Target } from './target.ts'
import { firstClient, lastLetter } from './typing.ts'

/** What came of some seconds' typing. Times in ms; null where nothing was measured. */
export const typedSchema = z.object({
  seconds: z.number(),
  sent: z.number(),
  delivered: z.number(),
  p50: z.number().nullable(),
  p99: z.number().nullable(),
  acknowledged: z.number(),
  ackP50: z.number().nullable(),
  ackP99: z.number().nullable(),
})

/** What came of some seconds' typing. */
export type Typed = z.infer<typeof typedSchema>

const reader = new VaruintReader()

/** Clients in rooms that type, and measure when each letter arrives at each of the others. */
export class Crowd {
  readonly #target: Target
  readonly #state: Uint8Array
  readonly #size: CrowdSize
  readonly #members: Member[]
  readonly #times = new Histogram()
  readonly #ackTimes = new Histogram()
  #delivered = 0
  #acknowledged = 0
  #synced = 0
  #wake: (() => void) | null = null
  #failure: Error | null = null
  #isLeaving = false

  constructor(target: Target, size: CrowdSize) {
    this.#target = target
    this.#size = size
    this.#state = new Uint8Array(readFileSync(target.stateFile))
    const cookies = target.wire === 'ours' ? readCookies(target.cookieFile) : []
    const context = {
      target,
      cookies,
      anchor: lastLetter(this.#state),
      heard: (member: Member, bytes: Buffer, from: number, to: number) =>
        this.#heard(member, bytes, from, to),
      synced: () => this.#oneSynced(),
      closed: (_: Member, code: number) => this.#closed(code),
    }
    // Neighbours in the list sit in different rooms, so that load is spread.
    this.#members = Array.from(
      { length: size.rooms * size.perRoom },
      (_, at) => new Member(context, at, at % size.rooms),
    )
  }

  /** Opens all sockets, some at a time, and gives each room its first words; resolves when all are synced. */
  async connect(atATime = 50): Promise<{ ms: number }> {
    const began = performance.now()
    const { rooms } = this.#size
    await this.#open(this.#members.slice(0, rooms), atATime)
    if (this.#target.wire !== 'ours')
      for (const member of this.#members.slice(0, rooms)) member.give(this.#state)
    await this.#open(this.#members.slice(rooms), atATime)
    return { ms: performance.now() - began }
  }

  async #open(members: Member[], atATime: number): Promise<void> {
    const goal = this.#synced + members.length
    const before = this.#synced
    for (let at = 0; at < members.length; at++) {
      members[at]?.open()
      await this.#until(() => this.#synced - before > at - atATime, 20_000)
    }
    await this.#until(() => this.#synced >= goal, 20_000)
  }

  #oneSynced(): void {
    this.#synced++
    this.#wake?.()
  }

  #closed(code: number): void {
    if (this.#isLeaving) return
    this.#failure ??= new Error(`The server closed a connection (${code})`)
    this.#wake?.()
  }

  async #until(isTrue: () => boolean, patience: number): Promise<void> {
    const deadline = performance.now() + patience
    while (!isTrue()) {
      if (this.#failure) throw this.#failure
      const left = deadline - performance.now()
      if (left <= 0) throw new Error(`Only ${this.#synced} of ${this.#members.length} clients were let in`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = null
    }
  }

  /** Types so many letters a second, all together and evenly spread, and waits until all have arrived. */
  async type({
    perSecond,
    seconds,
    patience = 3000,
  }: {
    perSecond: number
    seconds: number
    patience?: number
  }): Promise<Typed> {
    this.#times.clear()
    this.#ackTimes.clear()
    const before = { delivered: this.#delivered, acknowledged: this.#acknowledged }
    const sent = await this.#pace(perSecond, seconds)
    const expected = before.delivered + sent * (this.#size.perRoom - 1)
    const expectedAcks = this.#target.wire === 'ours' ? before.acknowledged + sent : 0
    const deadline = performance.now() + patience
    while (
      (this.#delivered < expected || this.#acknowledged < expectedAcks) &&
      performance.now() < deadline &&
      !this.#failure
    ) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    if (this.#failure) throw this.#failure
    return {
      seconds,
      sent,
      delivered: this.#delivered - before.delivered,
      p50: this.#times.quantile(0.5),
      p99: this.#times.quantile(0.99),
      acknowledged: this.#acknowledged - before.acknowledged,
      ackP50: this.#ackTimes.quantile(0.5),
      ackP99: this.#ackTimes.quantile(0.99),
    }
  }

  async #pace(perSecond: number, seconds: number): Promise<number> {
    const began = performance.now()
    const total = Math.round(perSecond * seconds)
    let sent = 0
    while (sent < total && !this.#failure) {
      const due = Math.min(total, Math.floor(((performance.now() - began) * perSecond) / 1000))
      for (; sent < due; sent++) this.#members[sent % this.#members.length]?.type(performance.now())
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    return sent
  }

  #heard(member: Member, bytes: Buffer, from: number, to: number): void {
    const kind = bytes[from]
    if (kind === 0) this.#letters(bytes, from, to)
    else if (kind === 100) this.#acks(member, bytes, from + 1)
  }

  #letters(bytes: Buffer, from: number, to: number): void {
    reader.bytes = bytes
    reader.at = from + 2
    reader.read()
    const start = reader.at
    const isOne = reader.read() === 1 && reader.read() === 1 && bytes[to - 3] === 1 && bytes[to - 1] === 0
    if (isOne) this.#arrived(reader.read() - firstClient, reader.read())
    else this.#manyLetters(bytes.subarray(start, to))
  }

  // A server that gathers updates sends several letters in one.
  #manyLetters(update: Uint8Array): void {
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      for (let clock = id.clock; clock < id.clock + length; clock++)
        this.#arrived(id.client - firstClient, clock)
    }
  }

  #arrived(at: number, clock: number): void {
    const sender = this.#members[at]
    if (!sender) return
    this.#delivered++
    this.#times.add(performance.now() - (sender.sentAt[clock] ?? 0))
  }

  #acks(member: Member, bytes: Buffer, at: number): void {
    reader.bytes = bytes
    reader.at = at
    const letters = reader.read() - member.otherFrames
    const now = performance.now()
    for (let clock = member.acknowledged; clock < letters; clock++) {
      this.#acknowledged++
      this.#ackTimes.add(now - (member.sentAt[clock] ?? 0))
    }
    member.acknowledged = Math.max(member.acknowledged, letters)
  }

  /** Drops all connections, as a network does. */
  drop(): void {
    this.#isLeaving = true
    for (const member of this.#members) member.drop()
  }
}
