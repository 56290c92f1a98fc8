import { Turnstile } from './turnstile.ts'

/** What share of the time work may take, more than 0 and at most 1, and the longest rest behind one piece, ms. */
export type Pace = { share: number; longestRest: number }

/**
 * Does one piece of work after the other and rests in between, so that many small ones take no more than a share of the
 * time: what comes due for many at once, and can wait, must not crowd out what nobody wants to wait for. Behind a large
 * one it rests no longer than behind others, or more would come due meanwhile than is done.
 */
export class Paced {
  readonly #pace: Pace
  readonly #turnstile = new Turnstile(1)
  #isHurried = false
  #endRest: (() => void) | null = null

  constructor(pace: Pace) {
    this.#pace = pace
  }

  /** Does work when its turn comes; answers what it answers, or rejects as it does, without waiting for the rest. */
  do<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      void this.#turnstile.through(async () => {
        const began = performance.now()
        await work().then(resolve, reject)
        const { share, longestRest } = this.#pace
        await this.#rest(Math.min((performance.now() - began) * (1 / share - 1), longestRest))
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
