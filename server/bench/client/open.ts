import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Member } from './member.ts'
import { readCookies, type Target } from './target.ts'

/** One opening of a document: from dialling to its last byte, and its size on the wire. */
export const openedSchema = z.object({ ms: z.number(), bytes: z.number() })

/** One opening of a document: from dialling to its last byte, and its size on the wire. */
export type Opened = z.infer<typeof openedSchema>

/** Which room, and how many bytes make its document: some servers send it in parts. */
export const roomSchema = z.object({ room: z.number(), atLeast: z.number() })

const patience = 60_000

/** Opens a room with nothing in hand and leaves again. */
export async function openRoom(target: Target, room: z.infer<typeof roomSchema>): Promise<Opened> {
  const visit = new Visit(target, room)
  try {
    return await visit.opened
  } finally {
    visit.leave()
  }
}

/** One client that comes to a room, and stays until it leaves. */
export class Visit {
  readonly opened: Promise<Opened>
  readonly #target: Target
  readonly member: Member
  /** All the words it was sent, each as an update. */
  readonly updates: Uint8Array[] = []
  #wake: (() => void) | null = null
  #acknowledged = 0

  constructor(target: Target, { room, atLeast }: z.infer<typeof roomSchema>) {
    this.#target = target
    const cookies = target.wire === 'ours' ? readCookies(target.cookieFile) : []
    const began = performance.now()
    let done: (opened: Opened) => void = () => undefined
    let fail: (error: Error) => void = () => undefined
    this.opened = new Promise((resolve, reject) => {
      done = resolve
      fail = reject
    })
    setTimeout(() => fail(new Error('The room does not open')), patience).unref()
    this.member = new Member(
      {
        target,
        cookies,
        anchor: { client: 0, clock: 0 },
        atLeast,
        synced: (_, bytes) => done({ ms: performance.now() - began, bytes }),
        heard: (_, bytes, from) => this.#heard(bytes, from),
        words: (update) => this.updates.push(update),
        closed: (_, code) => fail(new Error(`The server closed the connection (${code})`)),
      },
      room,
      room,
    )
    this.member.open()
  }

  #heard(bytes: Buffer, from: number): void {
    if (bytes[from] !== 100) return
    let unit = 1
    let count = 0
    for (let at = from + 1; ; at++) {
      const byte = bytes[at] ?? 0
      count += (byte & 127) * unit
      if (byte < 128) break
      unit *= 128
    }
    this.#acknowledged = count
    this.#wake?.()
  }

  /** Gives the room a document; resolves when the server has read it and, if it says so, has kept it. */
  async give(file: string): Promise<void> {
    this.member.give(new Uint8Array(readFileSync(file)))
    await this.settled()
  }

  /** Resolves when the server has read all that was sent and, if it says so, has kept it. */
  async settled(): Promise<void> {
    await this.member.caughtUp()
    if (this.#target.wire !== 'ours') return
    while (this.#acknowledged < this.member.otherFrames) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  leave(): void {
    this.member.drop()
  }
}
