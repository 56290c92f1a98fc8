import * as Y from 'yjs'
import { z } from 'zod'
import { VaruintReader } from './frame.ts'
import { Histogram } from './histogram.ts'
import type { Member } from './member.ts'
import { firstClient } from './typing.ts'

const quantile = z.number().nullable()

/** What arrived of what was sent. Times in ms; null where nothing was measured. */
export const heardSchema = z.object({
  delivered: z.number(),
  p50: quantile,
  p99: quantile,
  acknowledged: z.number(),
  ackP50: quantile,
  ackP99: quantile,
  presenceP50: quantile,
  presenceP99: quantile,
})

/** What arrived of what was sent. Times in ms; null where nothing was measured. */
export type Heard = z.infer<typeof heardSchema>

// Hocuspocus says of each update that it took it in; ours, how many frames are committed.
const messages = { sync: 0, presence: 1, taken: 8, acknowledge: 100 } as const
// To read what all of hundreds hear of hundreds would measure the reader.
const presenceReaders = 5

const reader = new VaruintReader()

/** Counts what members hear of each other, and how long it took. */
export class Meter {
  readonly #members: readonly Member[]
  readonly #times = new Histogram()
  readonly #ackTimes = new Histogram()
  readonly #presenceTimes = new Histogram()
  delivered = 0
  acknowledged = 0

  constructor(members: readonly Member[]) {
    this.#members = members
  }

  clear(): void {
    this.delivered = 0
    this.acknowledged = 0
    for (const times of [this.#times, this.#ackTimes, this.#presenceTimes]) times.clear()
  }

  heard(): Heard {
    return {
      delivered: this.delivered,
      p50: this.#times.quantile(0.5),
      p99: this.#times.quantile(0.99),
      acknowledged: this.acknowledged,
      ackP50: this.#ackTimes.quantile(0.5),
      ackP99: this.#ackTimes.quantile(0.99),
      presenceP50: this.#presenceTimes.quantile(0.5),
      presenceP99: this.#presenceTimes.quantile(0.99),
    }
  }

  /** Takes a frame that a member got. */
  take(member: Member, bytes: Buffer, from: number, to: number): void {
    const kind = bytes[from]
    reader.bytes = bytes
    reader.at = from + 1
    if (kind === messages.sync) this.#letters(member, bytes, to)
    else if (kind === messages.acknowledge) this.#framesTaken(member, reader.read())
    else if (kind === messages.taken) {
      member.taken += reader.read()
      this.#framesTaken(member, member.taken)
    } else if (kind === messages.presence && member.at < presenceReaders) this.#presence(member)
  }

  #letters(member: Member, bytes: Buffer, to: number): void {
    reader.at++
    reader.read()
    const start = reader.at
    const isOne = reader.read() === 1 && reader.read() === 1 && bytes[to - 3] === 1 && bytes[to - 1] === 0
    if (isOne) this.#arrived(member, reader.read() - firstClient, reader.read())
    else this.#manyLetters(member, bytes.subarray(start, to))
  }

  // A server that gathers updates sends several letters in one.
  #manyLetters(member: Member, update: Uint8Array): void {
    for (const { id, length } of Y.decodeUpdate(update).structs) {
      for (let clock = id.clock; clock < id.clock + length; clock++) {
        this.#arrived(member, id.client - firstClient, clock)
      }
    }
  }

  #arrived(member: Member, at: number, clock: number): void {
    const sender = this.#members[at]
    // Some servers send everybody their own words, too; nobody waits for those.
    if (!sender || sender === member) return
    this.delivered++
    this.#times.add(performance.now() - (sender.sentAt[clock] ?? 0))
  }

  #framesTaken(member: Member, frames: number): void {
    const letters = member.framesBefore + frames - member.otherFrames
    const now = performance.now()
    for (let clock = member.acknowledged; clock < letters; clock++) {
      this.acknowledged++
      this.#ackTimes.add(now - (member.sentAt[clock] ?? 0))
    }
    member.acknowledged = Math.max(member.acknowledged, letters)
  }

  #presence(member: Member): void {
    reader.read()
    const now = performance.now()
    for (let left = reader.read(); left > 0; left--) {
      const sender = this.#members[reader.read() - firstClient]
      const clock = reader.read()
      const length = reader.read()
      reader.at += length
      if (!sender || sender === member || clock !== sender.announcements) continue
      this.#presenceTimes.add(now - sender.announcedAt)
    }
  }
}
