/** Counts how many there are of each name; what is counted down to nothing is forgotten. */
export class Census {
  readonly #counts = new Map<string, number>()

  /** How many there are of a name. */
  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  /** One more of each of these names. */
  enter(names: readonly string[]): void {
    for (const name of names) this.#counts.set(name, this.of(name) + 1)
  }

  /** One less of each of these names. */
  leave(names: readonly string[]): void {
    for (const name of names) {
      const left = this.of(name) - 1
      if (left > 0) this.#counts.set(name, left)
      else this.#counts.delete(name)
    }
  }
}
