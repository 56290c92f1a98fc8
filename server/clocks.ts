import * as Y from 'yjs'
import type { UpdateParts } from './protocol.ts'

/** How an update stands to a document: it goes on from it, holds some of what it has, or lacks what comes before. */
export type Fit = 'goes on' | 'overlaps' | 'leaves a gap'

/** How far a document knows each client's edits. */
export class Clocks {
  readonly #ends: Map<number, number>

  /** Reads them from a state vector. */
  constructor(stateVector: Uint8Array) {
    this.#ends = Y.decodeStateVector(stateVector)
  }

  /** Does it know all that another knows? */
  covers(other: Clocks): boolean {
    for (const [client, end] of other.#ends) if ((this.#ends.get(client) ?? 0) < end) return false
    return true
  }

  /** As Yjs writes a state vector. */
  encoded(): Uint8Array {
    return Y.encodeStateVector(this.#ends)
  }

  /**
   * How an update stands to the document. One that leaves a gap, leans on an edit that is not there, or deletes one,
   * would wait in every document for what may never come.
   */
  fit({ structs, ds }: UpdateParts): Fit {
    let fit: Fit = 'goes on'
    const ends = new Map<number, number>()
    const endOf = (client: number) => ends.get(client) ?? this.#ends.get(client) ?? 0
    for (const struct of structs) {
      const { client, clock } = struct.id
      const end = endOf(client)
      if (struct instanceof Y.Skip || clock > end) return 'leaves a gap'
      if (clock < end) fit = 'overlaps'
      ends.set(client, Math.max(end, clock + struct.length))
    }
    const isThere = (id: unknown) => !(id instanceof Y.ID) || id.clock < endOf(id.client)
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue
      const { origin, rightOrigin, parent } = struct
      if (!isThere(origin) || !isThere(rightOrigin) || !isThere(parent)) return 'leaves a gap'
    }
    for (const [client, ranges] of ds.clients) {
      const end = endOf(client)
      if (!ranges.every(({ clock, len }) => clock + len <= end)) return 'leaves a gap'
    }
    return fit
  }

  /** The document took these in. What stands behind a gap is not known yet: its clients may still fill that. */
  advance({ structs }: UpdateParts): void {
    for (const struct of structs) {
      const { client, clock } = struct.id
      const end = this.#ends.get(client) ?? 0
      const goesOn = !(struct instanceof Y.Skip) && clock <= end && clock + struct.length > end
      if (goesOn) this.#ends.set(client, clock + struct.length)
    }
  }
}
