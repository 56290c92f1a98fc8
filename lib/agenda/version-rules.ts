/** Why a version was kept. */
export type VersionReason =
  | 'submitted'
  | 'approved'
  | 'returned'
  | 'opened'
  | 'closed'
  | 'dispatched'
  | 'automatic'
  | 'named'
  | 'restored'

/** Of which kind an edition is, and which of that kind, from 1. */
export type SentAs = { kind: 'agenda' | 'supplement'; ordinal: number }

/** When words are at rest, in ms. */
export const rests = {
  /** Nobody wrote for so long. */
  pause: 5 * 60_000,
  /** A person who begins so long after the last word of the others takes over from them. */
  handover: 60_000,
  /** While people go on writing, no longer than this between two versions. */
  stretch: 30 * 60_000,
} as const

/** What one person wrote since the last version; `first` is null where the log no longer says where they began. */
export type Writing = { userId: string; first: { seq: bigint; at: Date } | null; lastAt: Date }

/** Which words to keep: those before a log entry, or those of now. */
export type Rest = { keep: 'before'; seq: bigint } | { keep: 'now' }

/**
 * Which words are to be kept, in this order? Those before a person who takes over from others wrote the first one;
 * those of now when nobody has written for a while, and now and then while people go on. Two who write at the same
 * time write together. `keptAt` is when the last version was kept, or the document made.
 */
export function restsOf({
  now,
  keptAt,
  writings,
}: {
  now: Date
  keptAt: Date
  writings: readonly Writing[]
}): Rest[] {
  if (writings.length === 0) return []
  const newcomer = newcomerAmong(writings)
  const last = Math.max(...writings.map(({ lastAt }) => lastAt.getTime()))
  const isQuiet = now.getTime() - last >= rests.pause
  const isLong = last - keptAt.getTime() >= rests.stretch
  return [
    ...(newcomer === null ? [] : [{ keep: 'before', seq: newcomer } as const]),
    ...(isQuiet || (isLong && newcomer === null) ? [{ keep: 'now' } as const] : []),
  ]
}

function newcomerAmong(writings: readonly Writing[]): bigint | null {
  for (const { userId, first } of writings) {
    const others = writings.filter((other) => other.userId !== userId)
    if (!first || others.length === 0) continue
    const took = others.every(({ lastAt }) => first.at.getTime() - lastAt.getTime() >= rests.handover)
    if (took) return first.seq
  }
  return null
}

/** Does a reader see a version as words of its own, or folded away between those somebody meant to keep? */
export function isFolded({ reason, name }: { reason: string; name: string | null }): boolean {
  return reason === 'automatic' && name === null
}

/**
 * May the words of a version be brought back into an item? Those kept while it was closed never come into an open one.
 */
export function mayBringBack(kept: 'open' | 'closed', present: 'open' | 'closed'): boolean {
  return kept === 'open' || present === 'closed'
}
