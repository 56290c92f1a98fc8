import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Histogram } from './histogram.ts'
import { Member } from './member.ts'
import { heardSchema, Meter } from './meter.ts'
import { type CrowdSize, readCookies, type Target } from './target.ts'
import { lastLetter } from './typing.ts'

/** What came of some seconds' typing. */
export const typedSchema = heardSchema.extend({ sent: z.number() })

/** What came of some seconds' typing. */
export type Typed = z.infer<typeof typedSchema>

/** How much is done a second, by all together and evenly spread, and for how long. */
export const paceSchema = z.object({
  seconds: z.number(),
  /** Letters a second. */
  perSecond: z.number(),
  /** How many type; all when not given. */
  typists: z.number().optional(),
  /** Words about one's cursor a second. */
  announcePerSecond: z.number().optional(),
  /** How long to wait for the last to arrive, in ms. */
  patience: z.number().optional(),
})

/** How much is done a second, and for how long. */
export type Pace = z.infer<typeof paceSchema>

/** How long clients took to be back, in ms. */
export const returnedSchema = z.object({ ms: z.number(), p50: z.number().nullable(), retries: z.number() })

type Mood = 'here' | 'lost' | 'returning' | 'leaving'

/** Clients in rooms that type, and measure when each letter arrives at each of the others. */
export class Crowd {
  readonly #target: Target
  readonly #state: Uint8Array
  readonly #size: CrowdSize
  readonly members: Member[]
  readonly meter: Meter
  readonly #returns = new Histogram()
  #synced = 0
  #retries = 0
  #mood: Mood = 'here'
  #returningSince = 0
  #wake: (() => void) | null = null
  #failure: Error | null = null

  constructor(target: Target, size: CrowdSize) {
    this.#target = target
    this.#size = size
    this.#state = new Uint8Array(readFileSync(target.stateFile))
    const context = {
      target,
      cookies: target.wire === 'ours' ? readCookies(target.cookieFile) : [],
      anchor: lastLetter(this.#state),
      atLeast: 0,
      heard: (member: Member, bytes: Buffer, from: number, to: number) =>
        this.meter.take(member, bytes, from, to),
      synced: () => this.#oneSynced(),
      closed: (member: Member, code: number) => this.#closed(member, code),
    }
    // Neighbours in the list sit in different rooms, so that load is spread.
    this.members = Array.from(
      { length: size.rooms * size.perRoom },
      (_, at) => new Member(context, at, at % size.rooms),
    )
    this.meter = new Meter(this.members)
  }

  /** Opens all sockets, some at a time, and gives each room its first words; resolves when all are synced. */
  async connect(atATime = 50): Promise<{ ms: number }> {
    const began = performance.now()
    const firsts = this.members.slice(0, this.#size.rooms)
    await this.#open(firsts, atATime)
    if (this.#target.wire !== 'ours') for (const member of firsts) member.give(this.#state)
    await Promise.all(firsts.map((member) => member.caughtUp()))
    await this.#open(this.members.slice(this.#size.rooms), atATime)
    return { ms: performance.now() - began }
  }

  async #open(members: Member[], atATime: number): Promise<void> {
    const before = this.#synced
    for (let at = 0; at < members.length; at++) {
      members[at]?.open()
      await this.#until(() => this.#synced - before > at - atATime, 30_000)
    }
    await this.#until(() => this.#synced - before >= members.length, 30_000)
  }

  /** From now on the server may go away: nobody minds. */
  expectLoss(): void {
    this.#mood = 'lost'
  }

  /** All come back at once, and try again 100–500 ms after being turned away; resolves when all are synced. */
  async comeBack(patience: number): Promise<z.infer<typeof returnedSchema>> {
    this.#mood = 'returning'
    this.#synced = 0
    this.#retries = 0
    this.#returns.clear()
    this.#returningSince = performance.now()
    for (const member of this.members) member.open()
    await this.#until(() => this.#synced >= this.members.length, patience)
    this.#mood = 'here'
    const ms = performance.now() - this.#returningSince
    return { ms, p50: this.#returns.quantile(0.5), retries: this.#retries }
  }

  #oneSynced(): void {
    this.#synced++
    if (this.#mood === 'returning') this.#returns.add(performance.now() - this.#returningSince)
    this.#wake?.()
  }

  #closed(member: Member, code: number): void {
    if (this.#mood === 'returning') {
      this.#retries++
      if (member.isSynced) this.#synced--
      setTimeout(() => this.#mood === 'returning' && member.open(), 100 + Math.random() * 400)
    } else if (this.#mood === 'here') {
      this.#failure ??= new Error(`The server closed a connection (${code})`)
      this.#wake?.()
    }
  }

  async #until(isTrue: () => boolean, patience: number): Promise<void> {
    const deadline = performance.now() + patience
    while (!isTrue()) {
      if (this.#failure) throw this.#failure
      const left = deadline - performance.now()
      if (left <= 0) throw new Error(`Only ${this.#synced} of ${this.members.length} clients were let in`)
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

  /** Types and announces at a pace, and waits until all letters have arrived. */
  async type(pace: Pace): Promise<Typed> {
    this.meter.clear()
    const sent = await this.#pace(pace)
    const expected = sent * (this.#size.perRoom - 1)
    const expectedAcks = this.#target.wire === 'ours' ? sent : 0
    const deadline = performance.now() + (pace.patience ?? 3000)
    const isDone = () => this.meter.delivered >= expected && this.meter.acknowledged >= expectedAcks
    while (!isDone() && performance.now() < deadline && !this.#failure) await pause(5)
    if (this.#failure) throw this.#failure
    return { sent, ...this.meter.heard() }
  }

  async #pace({ perSecond, seconds, typists, announcePerSecond = 0 }: Pace): Promise<number> {
    const began = performance.now()
    const total = Math.round(perSecond * seconds)
    const writers = Math.min(typists ?? this.members.length, this.members.length)
    let sent = 0
    let announced = 0
    while (performance.now() - began < seconds * 1000 && this.#mood === 'here' && !this.#failure) {
      const passed = (performance.now() - began) / 1000
      const due = Math.min(total, Math.floor(passed * perSecond))
      for (; sent < due; sent++) this.members[sent % writers]?.type(performance.now())
      for (; announced < Math.floor(passed * announcePerSecond); announced++) {
        this.members[announced % this.members.length]?.announce(performance.now())
      }
      await pause(1)
    }
    return sent
  }

  /** Drops all connections, as a network does. */
  drop(): void {
    this.#mood = 'leaving'
    for (const member of this.members) member.drop()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
