/** A bucket that holds one second's worth and fills as time goes: a burst is fine, a flood is not. */
export class Bucket {
  readonly #perSecond: number
  #level: number
  #filledAt: number

  /** Full at `now`, ms as of `performance.now()`. */
  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond
    this.#level = perSecond
    this.#filledAt = now
  }

  /** Takes so much out, and says whether it was there. */
  take(amount: number, now: number): boolean {
    const filled = this.#level + ((now - this.#filledAt) * this.#perSecond) / 1000
    this.#filledAt = now
    this.#level = Math.min(this.#perSecond, filled) - amount
    return this.#level >= 0
  }
}
