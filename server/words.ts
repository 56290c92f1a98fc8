import * as Y from 'yjs'
import { condense } from '@/lib/agenda/merge.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { Clocks } from './clocks.ts'
import { Deletions } from './deletions.ts'
import { Nesting } from './nesting.ts'
import { deletionsOf, isLoose, mergeAtATime, mergeInSteps, type Opening } from './opening.ts'
import { ProtocolError, type UpdateParts } from './protocol.ts'

/** What was taken in, as bytes of its own, and whether that is all that was offered. */
export type Taken = { data: Uint8Array; isWhole: boolean }

/**
 * A document as bytes: the large update it was kept as, and what came since. Typing only adds to the latter, which is
 * merged a few updates at a time; the former is replaced when the log was compacted, and otherwise touched only for
 * who returns without all of it. No Y.Doc is kept.
 */
export class Words {
  #base: Uint8Array
  /** How far the base, and perhaps some of what came since, knows each client's edits. */
  #baseClocks: Clocks
  /** Nothing but the base's deletions; null until they are asked for. */
  #baseDeletions: Uint8Array | null
  /** What came since, in order: merged a few at a time, and the last as they came. */
  #merged: Uint8Array[]
  #fresh: Uint8Array[] = []
  #sinceBytes: number
  /** Bytes since all was last brought to its smallest. */
  #loose: number
  #isCondensed = false
  /** Made when somebody returns. */
  #deletions: Deletions | null = null
  /** Made when somebody adds a paragraph: most who open a document only read, or write within one. */
  #nesting: Nesting | null = null

  readonly #clocks: Clocks

  constructor({ state, tail, stateVector, deletions }: Opening) {
    this.#base = state
    this.#baseClocks = new Clocks(stateVector)
    this.#baseDeletions = deletions
    this.#merged = tail ? [tail] : []
    this.#sinceBytes = tail?.length ?? 0
    this.#loose = this.#sinceBytes
    this.#clocks = new Clocks(stateVector)
  }

  /** How many bytes the document takes. */
  get size(): number {
    return this.#base.length + this.#sinceBytes
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

  /** Takes in what a stored document has that is not here, and answers it, as one update or two. */
  learn({ state, tail }: Pick<Opening, 'state' | 'tail'>): Uint8Array[] {
    return [state, tail].flatMap(
      (update) => (update && this.#takeRest(update, Number.POSITIVE_INFINITY)) ?? [],
    )
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
      this.#nesting ??= new Nesting(
        [this.#base, ...this.#since].flatMap((part) => Y.decodeUpdate(part).structs),
      )
      if (!this.#nesting.take(structs)) {
        throw new ProtocolError('An update is too deep', closeCodes.invalidPayload)
      }
    }
    // A copy: a frame is a slice of a network buffer that would be kept whole for these few bytes.
    const data = new Uint8Array(update)
    this.#clocks.advance(parts)
    this.#deletions?.add(parts)
    this.#fresh.push(data)
    this.#sinceBytes += data.length
    this.#loose += data.length
    this.#isCondensed = false
    if (this.#fresh.length >= mergeAtATime) this.#gather()
    return data
  }

  get #since(): Uint8Array[] {
    return [...this.#merged, ...this.#fresh]
  }

  #gather(): void {
    this.#merged.push(mergeInSteps(this.#fresh))
    this.#fresh = []
    if (this.#merged.length >= mergeAtATime) this.#merged = [mergeInSteps(this.#merged)]
    this.#weigh()
  }

  /** What came since the base as one update; null when that is nothing. */
  #tail(): Uint8Array | null {
    const since = this.#since
    if (since.length > 1) this.#merged = [mergeInSteps(since)]
    else this.#merged = since
    this.#fresh = []
    this.#weigh()
    return this.#merged[0] ?? null
  }

  #weigh(): void {
    this.#sinceBytes = this.#since.reduce((sum, { length }) => sum + length, 0)
  }

  get #isLoose(): boolean {
    return isLoose(this.#loose, this.#base.length)
  }

  /** The whole document as one update. */
  state(): Uint8Array {
    const tail = this.#tail()
    if (tail) this.#rebase(this.#isLoose ? this.#condense() : Y.mergeUpdates([this.#base, tail]))
    return this.#base
  }

  #condense(): Uint8Array {
    this.#loose = 0
    this.#isCondensed = true
    return condense([this.#base, ...this.#since])
  }

  #rebase(state: Uint8Array): void {
    this.#base = state
    this.#baseClocks = new Clocks(this.#clocks.encoded())
    this.#baseDeletions = null
    this.#merged = []
    this.#fresh = []
    this.#sinceBytes = 0
  }

  /** The size without what was deleted: it would be a pity to refuse words for the sake of those that are gone. */
  #condensed(): number {
    if (!this.#isCondensed) this.#rebase(this.#condense())
    return this.size
  }

  /**
   * Goes on from the document as it was compacted, which is smaller, with what came since. Not from one that lacks
   * something of what this one was opened with, nor from one with words that nobody here was told.
   */
  settle({ state, tail, stateVector, deletions }: Opening): void {
    const stored = new Clocks(stateVector)
    const deleted = Y.decodeUpdate(deletions)
    const storedDeletions = new Deletions(deleted)
    const isKnown = this.#clocks.covers(stored) && this.#knownDeletions().has(deleted)
    const isWhole =
      stored.covers(this.#baseClocks) && storedDeletions.has(Y.decodeUpdate(this.#deletionsOfBase()))
    if (!isKnown || !isWhole) return
    const isLeft = (update: Uint8Array) => {
      const rest = Y.decodeUpdate(Y.diffUpdate(update, stateVector))
      return rest.structs.length > 0 || !storedDeletions.has(rest)
    }
    this.#base = state
    this.#baseClocks = stored
    this.#baseDeletions = deletions
    this.#merged = [...(tail ? [tail] : []), ...this.#merged.filter(isLeft)]
    this.#fresh = this.#fresh.filter(isLeft)
    this.#weigh()
    this.#loose = this.#sinceBytes
  }

  #deletionsOfBase(): Uint8Array {
    this.#baseDeletions ??= deletionsOf(this.#base, this.#baseClocks)
    return this.#baseDeletions
  }

  #knownDeletions(): Deletions {
    if (!this.#deletions) {
      this.#deletions = new Deletions(Y.decodeUpdate(this.#deletionsOfBase()))
      for (const update of this.#since) this.#deletions.add(Y.decodeUpdate(update))
    }
    return this.#deletions
  }

  /** How far the document knows each client's edits. */
  stateVector(): Uint8Array {
    return this.#clocks.encoded()
  }

  /**
   * What somebody with this state vector lacks, in one update or more; with the last of them they have it all, and the
   * others lean on that.
   */
  missingFrom(stateVector: Uint8Array): Uint8Array[] {
    const theirs = new Clocks(stateVector)
    const tail = this.#isLoose ? null : this.#tail()
    const isNew = stateVector.length === 1 && stateVector[0] === 0
    if (isNew) return tail ? [tail, this.#base] : [this.state()]
    // Who was here a moment ago lacks little: all that was deleted is told again, as nobody can say what of it they know.
    const isClose = theirs.covers(this.#baseClocks)
    const rest = isClose ? mergeInSteps([this.#deletionsOfBase(), ...this.#since]) : this.state()
    return [Y.diffUpdate(rest, stateVector)]
  }

  /** Does this update hold nothing but deletions known already? A browser repeats all of them at every return. */
  hasAll(parts: UpdateParts): boolean {
    return parts.structs.length === 0 && this.#knownDeletions().has(parts)
  }
}

const isType = (struct: UpdateParts['structs'][number]) =>
  struct instanceof Y.Item && struct.content instanceof Y.ContentType
