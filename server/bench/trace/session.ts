import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { projectRoot } from '@/prisma/root.ts'

/** One frame of a recorded session: when, in ms from its beginning, by which author, and its payload. */
export type Recorded = { at: number; author: number; payload: Uint8Array }

/** A recorded session: the state it began with and the frames its authors sent, updates and presence. */
export type Session = { state: Uint8Array; frames: Recorded[] }

/** Where the session that two people's editors sent is kept. */
export const sessionFile = path.join(projectRoot, 'server/bench/trace/two-editors.gz')

/** Packs a session: the state, then each frame, every one behind time, author and length. */
export function packSession({ state, frames }: Session): Uint8Array {
  const all = [{ at: 0, author: 0, payload: state }, ...frames]
  const parts = all.flatMap(({ at, author, payload }) => {
    const head = Buffer.alloc(9)
    head.writeUInt32LE(at)
    head.writeUInt8(author, 4)
    head.writeUInt32LE(payload.length, 5)
    return [head, payload]
  })
  return gzipSync(Buffer.concat(parts), { level: 9 })
}

/** Reads what `packSession` wrote. */
export function readSession(file: string): Session {
  const bytes = gunzipSync(readFileSync(file))
  const entries: Recorded[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 9 + bytes.readUInt32LE(at + 5)
    entries.push({
      at: bytes.readUInt32LE(at),
      author: bytes.readUInt8(at + 4),
      payload: bytes.subarray(at + 9, end),
    })
    at = end
  }
  const [state, ...frames] = entries
  if (!state) throw new Error('The recorded session is empty')
  return { state: state.payload, frames }
}
