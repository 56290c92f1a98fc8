import type { Chance } from '../chance.ts'
import type { Typist } from './typist.ts'

/** Lets typists write now and then, whether or not they are connected, until it is stopped. */
export function keepTyping(
  typists: Typist[],
  { below, every }: { below: Chance; every: number },
): { stop(): void } {
  const timer = setInterval(() => {
    const typist = typists[below(typists.length)]
    // Nobody writes in a document that they have not seen.
    if (typist && typist.doc.store.clients.size > 0) typist.write()
  }, every)
  return { stop: () => clearInterval(timer) }
}

/** Waits so many ms. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** The share-th part of these numbers, by size; 0 when there are none. */
export function quantile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
