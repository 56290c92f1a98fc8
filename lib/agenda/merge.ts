import * as Y from 'yjs'

/** Above this many updates Yjs merges faster through a document than byte by byte. */
const fewUpdates = 64

/** Merges Yjs updates (v1) into one, losing nothing. Needs at least one. */
export function mergeUpdates(updates: Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (updates.length > fewUpdates) return condense(updates)
  return new Uint8Array(Y.mergeUpdates(updates))
}

/**
 * Merges Yjs updates into the smallest one: neighbours typed one by one are joined and the content of what was
 * deleted is dropped, as in every browser that has the document open. Slower than `mergeUpdates` for a few.
 */
export function condense(updates: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const state = new Uint8Array(Y.encodeStateAsUpdate(doc))
  doc.destroy()
  return state
}
