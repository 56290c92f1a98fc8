import { readFileSync } from 'node:fs'
import { Visit } from './open.ts'
import type { Target } from './target.ts'

const atATime = 1000

/** Sends every update of a file, one frame each and as fast as the server reads them, into one room. */
export async function writeKeystrokes(
  target: Target,
  { room, file }: { room: number; file: string },
): Promise<{ ms: number }> {
  const updates = readUpdates(new Uint8Array(readFileSync(file)))
  const visit = new Visit(target, { room, atLeast: 0 })
  await visit.opened
  const began = performance.now()
  for (let at = 0; at < updates.length; at += atATime) {
    for (const update of updates.slice(at, at + atATime)) visit.member.send(update)
    await visit.member.caughtUp()
  }
  await visit.settled()
  const ms = performance.now() - began
  visit.leave()
  return { ms }
}

/** Writes updates one behind the other, each after its length in four bytes. */
export function packUpdates(updates: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    updates.flatMap((update) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(update.length)
      return [length, update]
    }),
  )
}

/** Reads what `packUpdates` wrote. */
export function readUpdates(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const updates: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + view.getUint32(at, true)
    updates.push(bytes.subarray(at + 4, end))
    at = end
  }
  return updates
}
