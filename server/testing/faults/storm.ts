import { writeStep1 } from '../../protocol.ts'
import { Violation } from './checker.ts'
import { frameOf } from './raw-socket.ts'
import type { Site } from './site.ts'

/** An honest step 1, to be sent behind what is hostile: its answer proves that the socket was let live. */
export const marker = frameOf(writeStep1(new Uint8Array([0])))
/** How its answer begins. */
export const answer = Buffer.from([0, 1])

/** So many sendings, so many of them beside one another, and who hears how far it is. */
export type Storm = {
  times: number
  beside: number
  /** Sends the one of this number, and answers what came of it. */
  send: (at: number) => Promise<string>
  say: (line: string) => void
}

const sayEvery = 10_000

/** Sends one hostile thing after the other at a server, and counts what came of them. Throws when the process dies. */
export async function storm(
  { server }: Site,
  { times, beside, send, say }: Storm,
): Promise<Record<string, number>> {
  const outcomes: Record<string, number> = {}
  let next = 0
  const worker = async () => {
    while (next < times) {
      const at = next++
      const outcome = await send(at)
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      if (server.isGone) throw new Violation('The process died', { at, log: server.log.slice(-500) })
      if ((at + 1) % sayEvery === 0) say(`${at + 1} sent`)
    }
  }
  await Promise.all(Array.from({ length: beside }, worker))
  return outcomes
}
