/** How often a sync server says that it is there, in ms, and how long one that is not heard counts. */
export const sayEvery = 10_000
const forgetAfter = 35_000

/** The other sync servers on the same database: while there are some, they are told which documents were written in. */
export class Neighbours {
  readonly #heard = new Map<string, number>()

  /** Takes note of one that said it is there, at `now` as of `performance.now()`, and says whether it is new. */
  hear(server: string, now: number): boolean {
    const isNew = !this.#heard.has(server)
    this.#heard.set(server, now)
    return isNew
  }

  /** Is there any? */
  any(now: number): boolean {
    for (const [server, at] of this.#heard) if (now - at > forgetAfter) this.#heard.delete(server)
    return this.#heard.size > 0
  }
}
