import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, fieldFragment, metaMap, readState } from '@/lib/agenda/doc.ts'
import { writeUpdate } from './protocol.ts'
import { chance } from './testing/chance.ts'
import { deliverAll, HandPeer } from './testing/hand-peer.ts'
import { MemoryStore } from './testing/memory-store.ts'
import { openRooms } from './testing/open-rooms.ts'

const item = { kind: 'item', id: 'item-1', generation: 1 } as const

const turn = () => new Promise((resolve) => setTimeout(resolve, 1))

async function run(seed: number): Promise<void> {
  const below = chance(seed)
  const store = new MemoryStore()
  store.add(item.id, new Uint8Array([0, 0]))
  const rooms = openRooms({ store, refused: (code) => expect(code).toBe('nobody is refused') })
  const peers = ['a', 'b', 'c', 'd', 'e'].map((name) => new HandPeer({ name }))
  const away = new Set(peers)
  const written = new Set<string>()
  const come = async (peer: HandPeer) => {
    away.delete(peer)
    await peer.enter(rooms, item)
  }
  const steps: ((peer: HandPeer, at: number) => void | Promise<void>)[] = [
    (peer) => peer.deliverUp(below(4)),
    (peer) => peer.deliverDown(below(4)),
    (peer) => peer.deliverUp(),
    (peer, at) => {
      const text = peer.doc.getText('t')
      const word = `<${seed}.${at}>`
      text.insert(below(text.length + 1), word)
      written.add(word)
    },
    (peer) => {
      const list = peer.doc.getArray<number>('l')
      if (list.length > 0 && below(2) === 0) list.delete(below(list.length))
      else list.push([below(1000)])
    },
    (peer) => {
      if (below(4) > 0 || away.has(peer)) return
      // What is on its way dies with the socket; what did not arrive comes again with step 2.
      peer.leave()
      away.add(peer)
    },
    async (peer) => {
      if (away.has(peer)) await come(peer)
    },
    () => {
      if (below(8) === 0) store.failSaves += below(3)
    },
    () => turn().then(() => undefined),
  ]
  for (let at = 0; at < 400; at++) {
    const peer = peers[below(peers.length)]
    if (peer) await steps[below(steps.length)]?.(peer, at)
  }
  for (const peer of [...away]) await come(peer)
  deliverAll(...peers)
  await rooms.flush()
  deliverAll(...peers)
  const kept = store.doc(item.id)
  for (const peer of peers) {
    expect(peer.doc.getText('t').toString(), `seed ${seed}`).toBe(kept.getText('t').toString())
    expect(peer.doc.getArray('l').toJSON(), `seed ${seed}`).toEqual(kept.getArray('l').toJSON())
    expect(peer.acknowledged, `seed ${seed}`).toBe(peer.framesSent)
    expect(Y.encodeStateVector(peer.doc), `seed ${seed}`).toEqual(Y.encodeStateVector(kept))
    peer.leave()
  }
  const marks = [...kept.getText('t').toString()].filter((letter) => letter === '<').length
  expect(marks, `seed ${seed}`).toBe(written.size)
  await rooms.close()
}

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  '[R27] all documents end equal, each word once, after delays, returns and failing saves (seed %i)',
  run,
)

function mutate(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const mutated = new Uint8Array(bytes)
  for (let times = below(4); times >= 0; times--) {
    mutated[below(mutated.length)] = below(2) === 0 ? below(256) : below(12)
  }
  return below(10) === 0 ? mutated.subarray(0, below(mutated.length)) : mutated
}

test('[R24] two thousand mutated frames: the room goes on, and what is kept opens', async () => {
  const below = chance(24)
  const store = new MemoryStore()
  store.add(item.id, createState({ ...emptyContent, title: 'Budget 2020' }))
  const refusals: number[] = []
  const rooms = openRooms({ store, refused: (code) => refusals.push(code) })
  const honest = await new HandPeer({ name: 'honest' }).enter(rooms, item)
  deliverAll(honest)
  const updates: Uint8Array[] = []
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => updates.push(update))
  Y.applyUpdate(doc, store.rows(item.id)[0] ?? new Uint8Array())
  metaMap(doc).set('caseNumber', 'SAG-1')
  fieldFragment(doc, 'background').insert(0, [new Y.XmlElement('paragraph'), new Y.XmlElement('heading')])
  fieldFragment(doc, 'background').delete(0, 1)
  for (let at = 0; at < 2000; at++) {
    const hostile = await new HandPeer({ name: 'hostile' }).enter(rooms, item)
    const frame = writeUpdate(updates[below(updates.length)] ?? new Uint8Array())
    hostile.up.push(below(3) === 0 ? mutate(frame, below) : writeUpdate(mutate(frame.subarray(3), below)))
    deliverAll(hostile)
    hostile.leave()
    if (at % 50 === 0) deliverAll(honest)
  }
  honest.doc.getText('words').insert(0, 'still here')
  deliverAll(honest)
  await rooms.flush()
  deliverAll(honest)
  expect(refusals.length).toBeGreaterThan(500)
  expect(honest.closedWith).toBeNull()
  expect(honest.acknowledged).toBe(honest.framesSent)
  expect(store.doc(item.id).getText('words').toString()).toBe('still here')
  expect(() => readState(Y.mergeUpdates(store.rows(item.id)))).not.toThrow()
  honest.leave()
  await rooms.close()
})
