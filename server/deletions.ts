import type { UpdateParts } from './protocol.ts'

type Range = { clock: number; len: number }

/** What was deleted of a document: per client runs that neither touch nor overlap, in the order of their clocks. */
export class Deletions {
  readonly #ranges = new Map<number, Range[]>()

  constructor(first: Pick<UpdateParts, 'ds'>) {
    this.add(first)
  }

  add({ ds }: Pick<UpdateParts, 'ds'>): void {
    for (const [client, ranges] of ds.clients) {
      const known = this.#ranges.get(client) ?? []
      this.#ranges.set(client, known)
      for (const range of ranges) join(known, range)
    }
  }

  /** Are all of these here? */
  has({ ds }: Pick<UpdateParts, 'ds'>): boolean {
    for (const [client, ranges] of ds.clients) {
      const known = this.#ranges.get(client) ?? []
      if (!ranges.every((range) => isCovered(known, range))) return false
    }
    return true
  }
}

/** Where the first run stands that ends at or behind a clock. */
function place(known: readonly Range[], clock: number): number {
  let [low, high] = [0, known.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const range = known[middle]
    if (range && range.clock + range.len < clock) low = middle + 1
    else high = middle
  }
  return low
}

function join(known: Range[], { clock, len }: Range): void {
  const from = place(known, clock)
  let [start, end, until] = [clock, clock + len, from]
  for (let next = known[until]; next && next.clock <= end; next = known[++until]) {
    start = Math.min(start, next.clock)
    end = Math.max(end, next.clock + next.len)
  }
  known.splice(from, until - from, { clock: start, len: end - start })
}

function isCovered(known: readonly Range[], { clock, len }: Range): boolean {
  const at = place(known, clock)
  // The one found may only touch the clock with its end.
  return [known[at], known[at + 1]].some(
    (range) => range !== undefined && range.clock <= clock && clock + len <= range.clock + range.len,
  )
}
