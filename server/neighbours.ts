import { randomUUID } from 'node:crypto'
import type { Signal } from '@/lib/signals.ts'

/** How often a sync server says that it is there, in ms, and how long one that is not heard counts. */
const sayEvery = 10_000
const forgetAfter = 35_000

/**
 * The other sync servers on the same database. Each says from time to time that it is there, and while there are some
 * they are told which documents were written in here.
 */
export class Neighbours {
  /** Who this sync server is to the others. */
  readonly self = randomUUID()
  readonly #send: (events: Signal[]) => void
  readonly #heard = new Map<string, number>()
  readonly #timer: ReturnType<typeof setInterval>

  constructor(send: (events: Signal[]) => void) {
    this.#send = send
    this.#timer = setInterval(() => this.sayHere(), sayEvery).unref()
  }

  /** Says at once that this one is there. */
  sayHere(): void {
    this.#send([{ kind: 'sync-server-here', server: this.self }])
  }

  /** Takes note of one that said it is there; one that has just begun learns of this one at once. */
  hear(server: string): void {
    if (server === this.self) return
    const isNew = !this.#heard.has(server)
    this.#heard.set(server, performance.now())
    if (isNew) this.sayHere()
  }

  /** Tells the others, if there are any, in which items' documents something was written. */
  tell(itemIds: Iterable<string>): void {
    const now = performance.now()
    for (const [server, at] of this.#heard) if (now - at > forgetAfter) this.#heard.delete(server)
    if (this.#heard.size === 0) return
    const by = this.self
    this.#send([...new Set(itemIds)].map((itemId) => ({ kind: 'document-written', itemId, by })))
  }

  /** Says no more that this one is there. */
  stop(): void {
    clearInterval(this.#timer)
  }
}
