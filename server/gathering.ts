import type { PresenceEntry } from './protocol.ts'

/** Gathers presence for a moment, so that a room of many tells it a few times a second and text goes first. */
export class Gathering {
  readonly #wait: number
  readonly #tell: (entries: PresenceEntry[]) => void
  #news = new Map<number, PresenceEntry>()
  #timer: ReturnType<typeof setTimeout> | null = null

  /** Calls `tell` with the last word of each client, at most every `wait` ms. */
  constructor(wait: number, tell: (entries: PresenceEntry[]) => void) {
    this.#wait = wait
    this.#tell = tell
  }

  add(entry: PresenceEntry): void {
    this.#news.set(entry.clientId, entry)
    this.#timer ??= setTimeout(() => this.#flush(), this.#wait).unref()
  }

  /** Forgets what was not told: nobody is left to hear it. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#news.clear()
  }

  #flush(): void {
    const news = [...this.#news.values()]
    this.stop()
    this.#tell(news)
  }
}
