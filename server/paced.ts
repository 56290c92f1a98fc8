import { Turnstile } from './turnstile.ts'

/**
 * Does one piece of work after the other and rests in between, so that all of it takes no more than a share of the
 * time: what comes due for many at once, and can wait, must not crowd out what nobody wants to wait for.
 */
export class Paced {
  readonly #share: number
  readonly #turnstile = new Turnstile(1)
  #isHurried = false
  #endRest: (() => void) | null = null

  /** `share` is more than 0 and at most 1. */
  constructor(share: number) {
    this.#share = share
  }

  /** Does work when its turn comes; answers what it answers, or rejects as it does, without waiting for the rest. */
  do<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      void this.#turnstile.through(async () => {
        const began = performance.now()
        await work().then(resolve, reject)
        await this.#rest((performance.now() - began) * (1 / this.#share - 1))
      })
    })
  }

  /** From now on does without rests: somebody waits for all of it. */
  hurry(): void {
    this.#isHurried = true
    this.#endRest?.()
  }

  async #rest(ms: number): Promise<void> {
    if (this.#isHurried) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      timer.unref()
      this.#endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#endRest = null
  }
}
