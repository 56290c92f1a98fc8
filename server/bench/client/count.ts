import * as Y from 'yjs'
import type { Crowd } from './crowd.ts'
import { Visit } from './open.ts'
import type { Target } from './target.ts'
import { firstClient } from './typing.ts'

/** What a server still has after it was killed, of what a crowd typed: letters. */
export type Survived = { sent: number; lost: number; acknowledged: number; acknowledgedLost: number }

const settleMs = 500

/** Opens every room of a crowd anew and counts which of its letters are there. */
export async function countSurvivors(
  target: Target,
  { crowd, rooms }: { crowd: Crowd; rooms: number },
): Promise<Survived> {
  const visits = Array.from({ length: rooms }, (_, room) => new Visit(target, { room, atLeast: 0 }))
  await Promise.all(visits.map(({ opened }) => opened))
  // One that sends its words in parts, or answers before it has read them, sends the rest behind.
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  const kept = new Map<number, number>()
  for (const visit of visits) {
    for (const update of visit.updates) note(kept, update)
    visit.leave()
  }
  const survived = { sent: 0, lost: 0, acknowledged: 0, acknowledgedLost: 0 }
  for (const { at, letters, acknowledged } of crowd.members) {
    const there = kept.get(firstClient + at) ?? 0
    survived.sent += letters
    survived.lost += letters - there
    survived.acknowledged += acknowledged
    survived.acknowledgedLost += Math.max(0, acknowledged - there)
  }
  return survived
}

// A client's letters hang on one another: what is there is there from the first on.
function note(kept: Map<number, number>, update: Uint8Array): void {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue
    const { client, clock } = struct.id
    kept.set(client, Math.max(kept.get(client) ?? 0, clock + struct.length))
  }
}
