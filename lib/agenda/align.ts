/** A place in two sequences: what stands on both sides, or on one alone; `entry` is the newest there is. */
export type Pair<T> = { entry: T; before: T | null; after: T | null }

// Below this likeness a reader sees another paragraph, not a changed one.
const leastLikeness = 0.35

/**
 * Pairs the entries of two sequences in order so that what is most alike stands together. `likeness` answers 0 (never
 * the same) to 1 (equal); `key` tells equal entries cheaply.
 */
export function align<T>(
  before: readonly T[],
  after: readonly T[],
  { key, likeness }: { key: (entry: T) => string; likeness: (one: T, other: T) => number },
): Pair<T>[] {
  const keysBefore = before.map(key)
  const keysAfter = after.map(key)
  const start = sharedLength(keysBefore, keysAfter)
  const end = sharedLength(keysBefore.slice(start).reverse(), keysAfter.slice(start).reverse())
  return [
    ...together(before.slice(0, start), after.slice(0, start)),
    ...alignMiddle(
      before.slice(start, before.length - end),
      after.slice(start, after.length - end),
      likeness,
    ),
    ...together(before.slice(before.length - end), after.slice(after.length - end)),
  ]
}

function sharedLength(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((entry, index) => entry !== other[index])
  return at === -1 ? Math.min(one.length, other.length) : at
}

function together<T>(before: readonly T[], after: readonly T[]): Pair<T>[] {
  return after.map((entry, index) => ({ entry, before: before[index] ?? null, after: entry }))
}

/** The pairing with the greatest sum of likeness, by the table of all beginnings (Needleman and Wunsch). */
function alignMiddle<T>(
  before: readonly T[],
  after: readonly T[],
  likeness: (one: T, other: T) => number,
): Pair<T>[] {
  const like = before.map((one) => after.map((other) => likeness(one, other)))
  const best = bestSums(like, before.length, after.length)
  const pairs: Pair<T>[] = []
  let row = 0
  let column = 0
  while (row < before.length || column < after.length) {
    const one = before[row]
    const other = after[column]
    const here = best[row]?.[column] ?? 0
    const alike = like[row]?.[column] ?? 0
    const paired = alike >= leastLikeness && here === alike + (best[row + 1]?.[column + 1] ?? 0)
    if (one !== undefined && other !== undefined && paired) {
      pairs.push({ entry: other, before: one, after: other })
      row++
      column++
    } else if (one !== undefined && (other === undefined || here === (best[row + 1]?.[column] ?? 0))) {
      pairs.push({ entry: one, before: one, after: null })
      row++
    } else if (other !== undefined) {
      pairs.push({ entry: other, before: null, after: other })
      column++
    }
  }
  return pairs
}

// best[row][column]: the greatest sum from there to both ends.
function bestSums(like: readonly number[][], rows: number, columns: number): number[][] {
  const best = Array.from({ length: rows + 1 }, () => Array.from({ length: columns + 1 }, () => 0))
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      const alike = like[row]?.[column] ?? 0
      const paired = alike >= leastLikeness ? alike + (best[row + 1]?.[column + 1] ?? 0) : 0
      const line = best[row]
      if (line) line[column] = Math.max(paired, best[row + 1]?.[column] ?? 0, line[column + 1] ?? 0)
    }
  }
  return best
}
