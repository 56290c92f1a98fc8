import * as Y from 'yjs'
import { condense, mergeUpdates } from '@/lib/agenda/merge.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { Clocks } from './clocks.ts'
import { Nesting } from './nesting.ts'
import { ProtocolError, type UpdateParts } from './protocol.ts'

/** What was taken in, as bytes of its own, and whether that is all that was offered. */
export type Taken = { data: Uint8Array; isWhole: boolean }

const longestTail = 200
const looseBytes = 64 * 1024

/**
 * A document as bytes: one merged update and a short tail of those that came since. Typing only lengthens the tail;
 * it is folded in when somebody opens the document or the tail is long. No Y.Doc is kept.
 */
export class Words {
  #merged: Uint8Array
  #tail: Uint8Array[] = []
  #tailBytes = 0
  #loose = 0
  #isCondensed = false
  #deletions: Map<number, Range[]> | null = null
  /** Made when somebody adds a paragraph: most who open a document only read, or write within one. */
  #nesting: Nesting | null = null

  readonly #clocks: Clocks

  constructor(state: Uint8Array) {
    this.#merged = state
    this.#clocks = new Clocks(state)
  }

  /** How many bytes the document takes. */
  get size(): number {
    return this.#merged.length + this.#tailBytes
  }

  /** Does an update lean on edits that are not here, or leave some out? */
  lacks(parts: UpdateParts): boolean {
    return this.#clocks.fit(parts) === 'leaves a gap'
  }

  /**
   * Takes in, and keeps, what an update brings that is not here. What is known is left out: under the same number it
   * might say something else. Throws ProtocolError, and changes nothing, when it lacks what it leans on or its types
   * would stand too deep in one another (1007), or when it adds to a document of more than `largest` bytes (4413).
   */
  take(update: Uint8Array, parts: UpdateParts, largest = Number.POSITIVE_INFINITY): Taken | null {
    const fit = this.#clocks.fit(parts)
    if (fit === 'leaves a gap') {
      throw new ProtocolError('An update leans on what is not here', closeCodes.invalidPayload)
    }
    if (fit === 'goes on') return { data: this.#add(update, parts, largest), isWhole: true }
    const data = this.#takeRest(update, largest)
    return data && { data, isWhole: false }
  }

  /** Takes in what a stored state of the document has that is not here, and answers it; null when that is nothing. */
  learn(state: Uint8Array): Uint8Array | null {
    return this.#takeRest(state, Number.POSITIVE_INFINITY)
  }

  #takeRest(update: Uint8Array, largest: number): Uint8Array | null {
    const rest = Y.diffUpdate(update, this.#clocks.encoded())
    const parts = Y.decodeUpdate(rest)
    return this.hasAll(parts) ? null : this.#add(rest, parts, largest)
  }

  #add(update: Uint8Array, parts: UpdateParts, largest: number): Uint8Array {
    const { structs } = parts
    const isTooLarge = structs.length > 0 && this.size + update.length > largest
    if (isTooLarge && this.#condensed() + update.length > largest) {
      throw new ProtocolError('A document is full', closeCodes.documentFull)
    }
    if (structs.some(isType)) {
      this.#nesting ??= new Nesting(Y.decodeUpdate(this.state()).structs)
      if (!this.#nesting.take(structs)) {
        throw new ProtocolError('An update is too deep', closeCodes.invalidPayload)
      }
    }
    // A copy: a frame is a slice of a network buffer that would be kept whole for these few bytes.
    const data = new Uint8Array(update)
    this.#clocks.advance(parts)
    this.#tail.push(data)
    this.#tailBytes += data.length
    this.#loose += data.length
    this.#isCondensed = false
    this.#deletions = null
    if (this.#tail.length >= longestTail) this.state()
    return data
  }

  /** The whole document as one update. */
  state(): Uint8Array {
    if (this.#tail.length === 0) return this.#merged
    const updates = [this.#merged, ...this.#tail]
    this.#tail = []
    this.#tailBytes = 0
    const isLoose = this.#loose > Math.max(looseBytes, this.#merged.length / 2)
    if (isLoose) this.#loose = 0
    this.#merged = isLoose ? condense(updates) : mergeUpdates(updates)
    return this.#merged
  }

  /** The size without what was deleted: it would be a pity to refuse words for the sake of those that are gone. */
  #condensed(): number {
    if (!this.#isCondensed) this.#merged = condense([this.state()])
    this.#isCondensed = true
    return this.size
  }

  /** How far the document knows each client's edits. */
  stateVector(): Uint8Array {
    return this.#clocks.encoded()
  }

  /** What somebody with this state vector lacks. */
  missingFrom(stateVector: Uint8Array): Uint8Array {
    const isNew = stateVector.length === 1 && stateVector[0] === 0
    return isNew ? this.state() : Y.diffUpdate(this.state(), stateVector)
  }

  /** Does this update hold nothing but deletions known already? A browser repeats all of them at every return. */
  hasAll({ structs, ds }: UpdateParts): boolean {
    if (structs.length > 0) return false
    this.#deletions ??= readDeletions(this.state())
    for (const [client, ranges] of ds.clients) {
      const known = this.#deletions.get(client) ?? []
      if (!ranges.every((range) => isCovered(range, known))) return false
    }
    return true
  }
}

const isType = (struct: UpdateParts['structs'][number]) =>
  struct instanceof Y.Item && struct.content instanceof Y.ContentType

type Range = { clock: number; len: number }

function readDeletions(state: Uint8Array): Map<number, Range[]> {
  const deletions = new Map<number, Range[]>()
  for (const [client, ranges] of Y.decodeUpdate(state).ds.clients) deletions.set(client, join(ranges))
  return deletions
}

function join(ranges: Range[]): Range[] {
  const joined: Range[] = []
  for (const { clock, len } of [...ranges].sort((one, other) => one.clock - other.clock)) {
    const last = joined.at(-1)
    if (last && clock <= last.clock + last.len) last.len = Math.max(last.len, clock + len - last.clock)
    else joined.push({ clock, len })
  }
  return joined
}

function isCovered({ clock, len }: Range, known: Range[]): boolean {
  return known.some((range) => range.clock <= clock && clock + len <= range.clock + range.len)
}
