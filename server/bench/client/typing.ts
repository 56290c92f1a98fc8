import * as Y from 'yjs'
import { varuintLength, writeVaruint } from './frame.ts'

/** Clients of the benchmark call themselves this and more: five bytes as a varuint, like Yjs's own ids. */
export const firstClient = 1_000_000_000

/** A place in a Yjs document: behind this letter. */
export type Anchor = { client: number; clock: number }

/** The last letter of a state's last words. */
export function lastLetter(state: Uint8Array): Anchor {
  let anchor: Anchor | null = null
  for (const struct of Y.decodeUpdate(state).structs) {
    const isText = struct instanceof Y.Item && struct.content instanceof Y.ContentString
    if (isText) anchor = { client: struct.id.client, clock: struct.id.clock + struct.length - 1 }
  }
  if (!anchor) throw new Error('There are no words in the state')
  return anchor
}

/** The frame payload of one typed letter, with a prefix before it: sync, update, and one Yjs item behind another. */
export function letterPayload(
  prefix: Uint8Array,
  { client, clock, behind }: { client: number; clock: number; behind: Anchor },
): Uint8Array {
  const ids = [client, clock, behind.client, behind.clock]
  const size = 2 + 1 + 2 + 1 + ids.reduce((sum, id) => sum + varuintLength(id), 0)
  const payload = new Uint8Array(prefix.length + 2 + varuintLength(size) + size)
  payload.set(prefix)
  let at = prefix.length
  payload[at++] = 0
  payload[at++] = 2
  at = writeVaruint(payload, at, size)
  payload[at++] = 1
  payload[at++] = 1
  at = writeVaruint(payload, at, client)
  at = writeVaruint(payload, at, clock)
  // A string with an origin: its parent is its origin's.
  payload[at++] = 0x84
  at = writeVaruint(payload, at, behind.client)
  at = writeVaruint(payload, at, behind.clock)
  payload[at++] = 1
  payload[at++] = 0x78
  payload[at] = 0
  return payload
}
