import { rests } from '@/lib/agenda/version-rules.ts'

/** How words at rest are kept, and the pauses that tell when to look, in ms. */
export type RestsSettings = {
  /** Keeps an item's words if they are at rest; throws when it can't. */
  keep: (itemId: string, now: Date) => Promise<unknown>
  failed: (error: unknown, itemId: string) => void
  clock: () => Date
  every: number
}

type Writers = { last: number; looked: number; byUser: Map<string | null, number> }

/**
 * Knows in which items people write, and has their words kept when somebody takes over from others, when nobody has
 * written for a while, and now and then in a long stretch. It is told after the words are in the database and asks it
 * nothing before there may be something to keep; one look at a time, so that keeping never crowds out writing.
 */
export class Rests {
  readonly #settings: RestsSettings
  readonly #written = new Map<string, Writers>()
  readonly #timer: ReturnType<typeof setInterval>
  #looking: Promise<void> = Promise.resolve()

  constructor(settings: RestsSettings) {
    this.#settings = settings
    this.#timer = setInterval(() => void this.look(), settings.every).unref()
  }

  /** Says that a person's words in an item are in the database. */
  wrote(itemId: string, userId: string | null): void {
    const now = this.#settings.clock().getTime()
    const writers = this.#written.get(itemId) ?? { last: now, looked: now, byUser: new Map() }
    this.#written.set(itemId, writers)
    if (!writers.byUser.has(userId) && writers.byUser.size > 0) {
      const others = Math.max(...writers.byUser.values())
      if (now - others >= rests.handover) this.#keep(itemId, writers)
    }
    writers.byUser.set(userId, now)
    writers.last = now
  }

  /** Looks after all items in which nobody has written for a while, or people have for long; resolves when it is done. */
  look(): Promise<void> {
    const now = this.#settings.clock().getTime()
    for (const [itemId, writers] of this.#written) {
      const isQuiet = now - writers.last >= rests.pause
      if (isQuiet) this.#written.delete(itemId)
      if (isQuiet || now - writers.looked >= rests.stretch) this.#keep(itemId, writers)
    }
    return this.#looking
  }

  /** Looks after items in which people wrote before this process began. */
  lookAfter(itemIds: readonly string[]): void {
    for (const itemId of itemIds) this.wrote(itemId, null)
  }

  #keep(itemId: string, writers: Writers): void {
    writers.looked = this.#settings.clock().getTime()
    writers.byUser.clear()
    this.#looking = this.#looking.then(async () => {
      try {
        await this.#settings.keep(itemId, this.#settings.clock())
      } catch (error) {
        // The words are in the log: only a place to go back to is missing.
        this.#settings.failed(error, itemId)
      }
    })
  }

  /** Looks no more and waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }
}
