/** Somebody waited as long as they would, and went away. */
export class TurnMissed extends Error {}

/**
 * Lets so many through at a time and the others wait in the order they came: when thousands come back at once, each
 * asks the database for little, but all of them together would wait until it seems to be away.
 */
export class Turnstile {
  #free: number
  readonly #waiting: (() => void)[] = []

  /** `width` is how many may be inside at once. */
  constructor(width: number) {
    this.#free = width
  }

  /** How many wait to be let in. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** Does work once there is room; answers what it answers, and makes room however it ends. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.#inside(work)
  }

  /** The same for who waits `patience` ms at most, then throws TurnMissed; work that has not begun is not done. */
  throughWithin<T>(patience: number, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const begin = () =>
        this.#inside(work)
          .then(resolve, reject)
          .finally(() => clearTimeout(timer))
      const timer = setTimeout(() => {
        const at = this.#waiting.indexOf(begin)
        if (at >= 0) this.#waiting.splice(at, 1)
        reject(new TurnMissed())
      }, patience).unref()
      if (this.#free === 0) this.#waiting.push(begin)
      else {
        this.#free--
        void begin()
      }
    })
  }

  async #inside<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }
}
