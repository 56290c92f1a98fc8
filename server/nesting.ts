import * as Y from 'yjs'

type Struct = Y.Item | Y.GC | Y.Skip

/** A run of items of one client that stand equally deep; `level` is null until what they lean on is known. */
type Span = { clock: number; len: number; level: number | null; leansOn: Lean | null; isType: boolean }

type Lean = { id: Y.ID; below: 0 | 1 }

/** How many types may stand inside one another; lists in lists in a table are far from it. */
export const deepest = 64

/**
 * How deep the types of a document stand inside one another. A tree that is too deep stops whoever walks it, every
 * editor first of all, and it can be built one level an update; so each update is weighed against what is there.
 * Only types, and what may stand beside them, are remembered: text has no depth of its own.
 */
export class Nesting {
  readonly #spans = new Map<number, Span[]>()

  /** Reads what stands already; nothing of it is refused. */
  constructor(structs: readonly Struct[]) {
    this.#remember(structs)
  }

  /**
   * Remembers an update's types and answers whether each stands beside or below something known and no deeper than
   * `deepest`. Of one that is refused nothing is remembered.
   */
  take(structs: readonly Struct[]): boolean {
    const added = this.#remember(structs)
    const isSound = added.every(([, { isType, level }]) => !isType || (level !== null && level <= deepest))
    if (!isSound) for (const [client, span] of added) this.#forget(client, span)
    return isSound
  }

  #remember(structs: readonly Struct[]): [client: number, span: Span][] {
    const added: [number, Span][] = []
    for (const struct of structs) {
      const span = spanOf(struct)
      if (span && this.#insert(struct.id.client, span)) added.push([struct.id.client, span])
    }
    for (const [, span] of added) this.#settle(span)
    return added
  }

  // A chain may be as long as the update, and its links in any order: no recursion here.
  #settle(span: Span): void {
    const chain = [span]
    const isOpen = new Set(chain)
    for (let top = chain.at(-1); top; top = chain.at(-1)) {
      const lean = top.leansOn
      const under = lean && this.#find(lean.id)
      if (lean && under?.leansOn && !isOpen.has(under)) {
        isOpen.add(under)
        chain.push(under)
        continue
      }
      if (lean) top.level = under?.level == null ? null : under.level + lean.below
      top.leansOn = null
      chain.pop()
    }
  }

  #find({ client, clock }: Y.ID): Span | null {
    const spans = this.#spans.get(client) ?? []
    const span = spans[place(spans, clock) - 1]
    return span && clock < span.clock + span.len ? span : null
  }

  #insert(client: number, span: Span): boolean {
    const spans = this.#spans.get(client) ?? []
    this.#spans.set(client, spans)
    const at = place(spans, span.clock)
    const before = spans[at - 1]
    if (before && span.clock < before.clock + before.len) return false
    spans.splice(at, 0, span)
    return true
  }

  #forget(client: number, span: Span): void {
    const spans = this.#spans.get(client) ?? []
    spans.splice(spans.indexOf(span), 1)
  }
}

/** Where in the order of clocks something later than `clock` would stand. */
function place(spans: readonly Span[], clock: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((spans[middle]?.clock ?? 0) <= clock) low = middle + 1
    else high = middle
  }
  return low
}

function spanOf(struct: Struct): Span | null {
  const { id, length: len } = struct
  const { clock } = id
  // What is gone for good has no place any more, and what leans on it goes the same way.
  if (struct instanceof Y.GC) return { clock, len, level: 0, leansOn: null, isType: false }
  if (!(struct instanceof Y.Item)) return null
  const isType = struct.content instanceof Y.ContentType
  if (!isType && !(struct.content instanceof Y.ContentDeleted)) return null
  const leansOn = leanOf(struct)
  return { clock, len, level: leansOn ? null : 1, leansOn, isType }
}

// A decoded item names its parent only where neither neighbour tells it; a root by its name.
function leanOf({ parent, origin, rightOrigin }: Y.Item): Lean | null {
  if (parent instanceof Y.ID) return { id: parent, below: 1 }
  const beside = origin ?? rightOrigin
  return beside && { id: beside, below: 0 }
}
