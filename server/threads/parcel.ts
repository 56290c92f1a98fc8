/** Updates on their way to a thread, in one piece: many small ones take long to hand over one by one. */
export type Parcel = { bytes: Uint8Array<ArrayBuffer>; lengths: number[] }

/** Packs a copy of updates. */
export function pack(updates: readonly Uint8Array[]): Parcel {
  const lengths = updates.map(({ length }) => length)
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const update of updates) {
    bytes.set(update, at)
    at += update.length
  }
  return { bytes, lengths }
}

/** Unpacks what `pack` packed; the updates share the parcel's memory. */
export function unpack({ bytes, lengths }: Parcel): Uint8Array[] {
  let at = 0
  return lengths.map((length) => {
    at += length
    return bytes.subarray(at - length, at)
  })
}
