import * as Y from 'yjs'
import { condense } from '@/lib/agenda/merge.ts'
import { Clocks } from './clocks.ts'

/** A document as a room opens it: all of it in two Yjs updates, and what must be known of them to take in more. */
export type Opening = {
  /** Most of it, as it was kept when the log was last compacted. */
  state: Uint8Array
  /** What came since, as one update; null when that is nothing. */
  tail: Uint8Array | null
  /** How far both together know each client's edits, as Yjs writes it. */
  stateVector: Uint8Array
  /** Nothing but all their deletions, as an update. */
  deletions: Uint8Array
}

/**
 * Makes ready what a log holds, at least one update in the order they came. The first, which may be large, is left as
 * it is: to merge it takes longer than all the rest of opening.
 */
export function openUpdates(updates: readonly Uint8Array[]): Opening {
  const [state, ...later] = updates
  if (!state) throw new Error('A document has at least its first state')
  const clocks = new Clocks(Y.encodeStateVectorFromUpdate(state))
  const deletions = deletionsOf(state, clocks)
  if (later.length === 0) return { state, tail: null, stateVector: clocks.encoded(), deletions }
  const tail = mergeInSteps(later)
  if (isLoose(tail.length, state.length)) return openUpdates([condense([state, tail])])
  const parts = Y.decodeUpdate(tail)
  // What stands behind a gap counts as known only when the gap is filled, which may be anywhere in the log.
  if (clocks.fit(parts) === 'leaves a gap') return openUpdates([Y.mergeUpdates([state, tail])])
  clocks.advance(parts)
  return {
    state,
    tail,
    stateVector: clocks.encoded(),
    deletions: Y.mergeUpdates([deletions, deletionsOf(tail, clocks)]),
  }
}

/** Is what came since so much that the whole is better merged? Bytes of it and of what was there. */
export function isLoose(since: number, before: number): boolean {
  return since > Math.max(looseBytes, before / 2)
}

/** Below this much the rest of a document is never worth merging with it. */
export const looseBytes = 64 * 1024

/** Nothing but the deletions of an update, as an update; all it adds must be known to the clocks. */
export function deletionsOf(update: Uint8Array, clocks: Clocks): Uint8Array {
  return Y.diffUpdate(update, clocks.encoded())
}

/** How many updates are merged at a time: Yjs takes for many of them much more than so many times as long. */
export const mergeAtATime = 64

/** Merges updates that may lean on others, at least one, into one. */
export function mergeInSteps(updates: readonly Uint8Array[]): Uint8Array {
  let merged = [...updates]
  while (merged.length > 1) {
    const next: Uint8Array[] = []
    for (let at = 0; at < merged.length; at += mergeAtATime) {
      const some = merged.slice(at, at + mergeAtATime)
      next.push(some.length === 1 && some[0] ? some[0] : Y.mergeUpdates(some))
    }
    merged = next
  }
  const [all] = merged
  if (!all) throw new Error('There is nothing to merge')
  return all
}
