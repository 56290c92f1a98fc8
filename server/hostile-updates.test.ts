import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, readState } from '@/lib/agenda/doc.ts'
import { openUpdates } from './opening.ts'
import { ProtocolError, readMessage, writeUpdate } from './protocol.ts'
import { chance } from './testing/chance.ts'
import { hostileUpdate } from './testing/hostile-update.ts'
import { Words } from './words.ts'

const seeds = 15
const updatesOfASeed = 60

/** Lets an update in as a room does, and answers what is passed on of it; null when it is refused, or brings nothing. */
function letIn(words: Words, update: Uint8Array): Uint8Array | null {
  try {
    const message = readMessage(writeUpdate(update))
    if (message.kind !== 'update') throw new Error('Not an update')
    return words.take(message.update, message.parts)?.data ?? null
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
}

test('[R24] whatever a grammar makes up is refused, or every document can take it in, in any company', () => {
  const outcomes = { taken: 0, refused: 0 }
  for (let seed = Number(process.env.FROM ?? 1); seed <= seeds; seed++) {
    const below = chance(seed)
    const start = createState({ ...emptyContent, title: 'Æblerne på Ærø' })
    const words = new Words(openUpdates([start]))
    const open = new Y.Doc()
    Y.applyUpdate(open, start)
    for (let at = 0; at < updatesOfASeed; at++) {
      const update = hostileUpdate(below, [...open.store.clients.keys()].slice(0, 3))
      const taken = letIn(words, update)
      outcomes[taken ? 'taken' : 'refused']++
      if (taken) Y.applyUpdate(open, taken)
    }
    const anew = new Y.Doc()
    for (const part of words.missingFrom(new Uint8Array([0]))) Y.applyUpdate(anew, part)
    for (const part of words.missingFrom(Y.encodeStateVector(open))) Y.applyUpdate(new Y.Doc(), part)
    const said = [
      readState(words.state()),
      readState(Y.encodeStateAsUpdate(open)),
      readState(Y.encodeStateAsUpdate(anew)),
    ]
    for (const one of said) expect(one).toEqual(said[0])
    expect(anew.store.pendingStructs, `seed ${seed}`).toBeNull()
    expect(Y.encodeStateVector(anew)).toEqual(Y.encodeStateVector(open))
  }
  expect(outcomes.taken).toBeGreaterThan(seeds)
  expect(outcomes.refused).toBeGreaterThan(seeds)
})
