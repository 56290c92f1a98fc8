const perMs = 100
const longest = 4000 * perMs

/** Counts times in steps of 10 µs up to 4 s; what is longer counts as that. */
export class Histogram {
  #counts = new Uint32Array(longest + 1)
  #total = 0

  add(ms: number): void {
    const at = Math.max(0, Math.min(longest, Math.floor(ms * perMs)))
    this.#counts[at] = (this.#counts[at] ?? 0) + 1
    this.#total++
  }

  /** The time, in ms, that this share of all stayed under; null of none. */
  quantile(share: number): number | null {
    if (this.#total === 0) return null
    const rank = Math.ceil(this.#total * share)
    let seen = 0
    for (let at = 0; at <= longest; at++) {
      seen += this.#counts[at] ?? 0
      if (seen >= rank) return (at + 0.5) / perMs
    }
    return longest / perMs
  }

  clear(): void {
    this.#counts.fill(0)
    this.#total = 0
  }
}
