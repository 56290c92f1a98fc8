/** How items are projected, who is told, and how long words may wait for it, in milliseconds. */
export type ProjectorSettings = {
  /** Writes an item's projection and tells those who read it; throws when it can't. */
  project: (itemId: string) => Promise<void>
  failed: (error: unknown, itemId: string) => void
  /** Waits for more words so long, ms, … */
  projectAfter: number
  /** … but no longer than this after the first … */
  projectWithin: number
  /** … unless projecting would take more than this share of the time. */
  projectShare: number
}

type Waiting = { since: number; touched: number; timer: ReturnType<typeof setTimeout> }

/** How much the last projection counts in what one is expected to take. */
const newestWeight = 0.1

/**
 * Brings items' projections after their logs: soon after the last word, and now and then while words keep coming. When
 * many items are written in at once, or the database is slow, each is projected less often, so that words go first.
 */
export class Projector {
  readonly #settings: ProjectorSettings
  readonly #waiting = new Map<string, Waiting>()
  readonly #running = new Map<string, Promise<void>>()
  /** When the last projection of an item began, the oldest first; those long past are forgotten. */
  readonly #begun = new Map<string, number>()
  /** What one projection takes, ms. */
  #duration = 0

  constructor(settings: ProjectorSettings) {
    this.#settings = settings
  }

  /** Says that an item's log went on. */
  touch(itemId: string): void {
    const now = performance.now()
    const waiting = this.#waiting.get(itemId)
    // Typing touches often and a timer is dear, so a running one is left to see for itself.
    if (waiting) waiting.touched = now
    else this.#waiting.set(itemId, { since: now, touched: now, timer: this.#wait(itemId, 0) })
  }

  #wait(itemId: string, passed: number): ReturnType<typeof setTimeout> {
    const { projectAfter, projectWithin } = this.#settings
    const left = Math.max(0, projectWithin - passed)
    return setTimeout(() => this.#look(itemId), Math.max(Math.min(projectAfter, left), this.#rest(itemId)))
  }

  /** How long an item must wait for its next projection, for those of all items to keep to their share of the time. */
  #rest(itemId: string): number {
    const begun = this.#begun.get(itemId)
    return begun === undefined ? 0 : begun + this.#apart - performance.now()
  }

  get #apart(): number {
    return (this.#duration * this.#begun.size) / this.#settings.projectShare
  }

  #noteBegin(itemId: string, now: number): void {
    const past = now - Math.max(this.#apart, this.#settings.projectWithin)
    for (const [other, begun] of this.#begun) {
      if (begun > past) break
      this.#begun.delete(other)
    }
    this.#begun.delete(itemId)
    this.#begun.set(itemId, now)
  }

  #look(itemId: string): void {
    const waiting = this.#waiting.get(itemId)
    if (!waiting) return
    const now = performance.now()
    const { projectAfter, projectWithin } = this.#settings
    // A timer may fire a fraction of a millisecond early.
    const isQuiet = now - waiting.touched >= projectAfter - 1
    const isLate = now - waiting.since >= projectWithin - 1
    const isRested = this.#rest(itemId) <= 1
    if (isRested && (isQuiet || isLate)) this.#start(itemId)
    else waiting.timer = this.#wait(itemId, now - waiting.since)
  }

  /** Projects all that waits and resolves when it is done. */
  async flush(): Promise<void> {
    for (const itemId of [...this.#waiting.keys()]) this.#start(itemId)
    await Promise.all(this.#running.values())
    if (this.#waiting.size > 0) await this.flush()
  }

  #start(itemId: string): void {
    const waiting = this.#waiting.get(itemId)
    if (waiting) clearTimeout(waiting.timer)
    this.#waiting.delete(itemId)
    // One at a time for an item: what came since the running one began is read by the next.
    const before = this.#running.get(itemId) ?? Promise.resolve()
    const work = before
      .then(() => this.#project(itemId))
      .finally(() => {
        if (this.#running.get(itemId) === work) this.#running.delete(itemId)
      })
    this.#running.set(itemId, work)
  }

  async #project(itemId: string): Promise<void> {
    const began = performance.now()
    this.#noteBegin(itemId, began)
    try {
      await this.#settings.project(itemId)
      this.#duration += (performance.now() - began - this.#duration) * newestWeight
    } catch (error) {
      // The log holds the words and the row says how far it was read: the next word or the next start catches up.
      this.#settings.failed(error, itemId)
    }
  }
}
