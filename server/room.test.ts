import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { messageTypes, syncTypes } from '@/lib/sync/messages.ts'
import { readMessage, writeStep2, writeUpdate } from './protocol.ts'
import { type RoomKey, RoomRefusal, type Rooms } from './rooms.ts'
import { deliverAll, HandPeer } from './testing/hand-peer.ts'
import { MemoryStore } from './testing/memory-store.ts'
import { openRooms } from './testing/open-rooms.ts'

const item = { kind: 'item', id: 'item-1', generation: 1 } as const
const meeting = { kind: 'meeting', id: 'meeting-1' } as const

let store: MemoryStore
let rooms: Rooms
let refused: number[]
let committed: string[]
let compactionsFailed: number

function open(settings: { compactAfter?: number } = {}): Rooms {
  return openRooms({
    store,
    gatherFor: 1,
    firstPause: 100,
    longestPause: 400,
    presenceEvery: 20,
    keepFor: 1000,
    compactAfter: 1000,
    ...settings,
    committed: (itemId) => committed.push(itemId),
    refused: (code) => refused.push(code),
    compactionFailed: () => {
      compactionsFailed++
    },
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  store = new MemoryStore()
  refused = []
  committed = []
  compactionsFailed = 0
  const first = new Y.Doc()
  first.getText('t').insert(0, 'first ')
  store.add(item.id, Y.encodeStateAsUpdate(first))
  rooms = open()
})

afterEach(async () => {
  store.saving.release()
  await rooms.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** Lets the journal and the presence timers of one moment run. */
const moment = () => vi.advanceTimersByTimeAsync(25)

async function enter(options: ConstructorParameters<typeof HandPeer>[0] = {}, key: RoomKey = item) {
  const peer = await new HandPeer(options).enter(rooms, key)
  deliverAll(peer)
  return peer
}

function write(peer: HandPeer, words: string): void {
  peer.doc.getText('t').insert(peer.doc.getText('t').length, words)
}

const words = (doc: Y.Doc) => doc.getText('t').toString()
const stored = () => words(store.doc(item.id))

async function leaveAll(...peers: HandPeer[]) {
  for (const peer of peers) peer.leave()
  await vi.advanceTimersByTimeAsync(2000)
}

/** A letter that says it stands behind one its writer has not written yet. */
function leaningOnItself(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getText('t').insert(0, 'ab')
  const before = Y.encodeStateVector(doc)
  doc.getText('t').insert(1, 'c')
  const update = Y.encodeStateAsUpdate(doc, before)
  const origin = update.indexOf(1, 5) + 1
  expect(update[origin]).toBe(0)
  update[origin] = 9
  return writeUpdate(update)
}

/** An update with one deleted edit of each of these clients, a client's second time its next edit. */
function frameOfClients(...clients: number[]): Uint8Array {
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clients.length)
    for (const [at, client] of clients.entries()) {
      const clock = clients.slice(0, at).filter((one) => one === client).length
      for (const number of [1, client, clock, 0, 1]) encoding.writeVarUint(encoder, number)
    }
    encoding.writeVarUint(encoder, 0)
  })
  return writeUpdate(update)
}

test('[R79] clients in the order of Yjs are taken, which is what makes another order the fault', () => {
  expect(() => readMessage(frameOfClients(4711, 7))).not.toThrow()
})

describe('Updates that lean on others', () => {
  test('[R71] what a returning client writes before its answer to step 1 waits for that, and is acknowledged with it', async () => {
    const [back, other] = [await enter({ name: 'back' }), await enter({ name: 'other' })]
    await moment()
    back.leave()
    write(back, 'away ')
    await back.enter(rooms, item)
    write(back, 'first key ')
    write(back, 'second key ')
    back.deliverUp()
    other.deliverDown()
    expect(words(other.doc)).toBe('first ')
    await moment()
    back.deliverDown()
    expect(back.acknowledged).toBe(0)
    deliverAll(back, other)
    await moment()
    deliverAll(back, other)
    expect(words(other.doc)).toBe('first away first key second key ')
    expect(back.acknowledged).toBe(back.framesSent)
    expect(stored()).toBe(words(other.doc))
    await leaveAll(back, other)
  })

  test('[R71] who goes on leaning on what is not there is shut out, and nobody hears it', async () => {
    const [liar, other] = [await enter({ name: 'liar' }), await enter({ name: 'other' })]
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'a')
    const before = Y.encodeStateVector(doc)
    doc.getText('t').insert(1, 'b')
    liar.queueUpdate(Y.encodeStateAsUpdate(doc, before))
    deliverAll(liar, other)
    expect(liar.closedWith).toBe(closeCodes.invalidPayload)
    expect(words(other.doc)).toBe('first ')
    await leaveAll(other)
  })

  test('[R26] other words under numbers that are taken are neither passed on nor stored', async () => {
    const [honest, forger] = [await enter({ name: 'honest' }), await enter({ name: 'forger' })]
    write(honest, 'honest')
    deliverAll(honest, forger)
    const forged = new Y.Doc()
    forged.clientID = honest.doc.clientID
    forged.getText('t').insert(0, 'forged')
    forger.queueUpdate(Y.encodeStateAsUpdate(forged))
    deliverAll(honest, forger)
    await moment()
    expect([words(honest.doc), stored()]).toEqual(['first honest', 'first honest'])
    await leaveAll(honest, forger)
  })
})

describe('What is written elsewhere', () => {
  /** Somebody's words in the log that this server did not put there. */
  const elsewhere = (said: string) => {
    const doc = store.doc(item.id)
    const before = Y.encodeStateVector(doc)
    doc.getText('t').insert(0, said)
    store.rows(item.id).push(Y.encodeStateAsUpdate(doc, before))
  }
  const learned = () => vi.advanceTimersByTimeAsync(100)

  test('[R67] reaches everyone in the room, and is not stored once more', async () => {
    const [a, b] = [await enter({ name: 'a' }), await enter({ name: 'b' })]
    elsewhere('elsewhere ')
    const rows = store.rows(item.id).length
    rooms.catchUp(item.id)
    await learned()
    deliverAll(a, b)
    expect([words(a.doc), words(b.doc)]).toEqual(['elsewhere first ', 'elsewhere first '])
    expect(store.rows(item.id)).toHaveLength(rows)
    await leaveAll(a, b)
  })

  test('[R67] merges with what is being written and is not saved yet', async () => {
    const a = await enter()
    store.saving.hold()
    write(a, 'mine ')
    a.deliverUp()
    elsewhere('elsewhere ')
    rooms.catchUp()
    await learned()
    deliverAll(a)
    expect(words(a.doc)).toBe('elsewhere first mine ')
    store.saving.release()
    await learned()
    expect(stored()).toBe('elsewhere first mine ')
    await leaveAll(a)
  })

  test('[R67] is read once more when it could not be, and by a room that was just opening', async () => {
    store.loading.hold()
    const peer = new HandPeer()
    const entering = peer.enter(rooms, item)
    rooms.catchUp(item.id)
    elsewhere('elsewhere ')
    store.loading.release()
    await entering
    store.failLoads = 2
    await vi.advanceTimersByTimeAsync(1000)
    deliverAll(peer)
    expect(words(peer.doc)).toBe('elsewhere first ')
    await leaveAll(peer)
  })

  test('[R67] says nothing to anybody when it brings nothing', async () => {
    const a = await enter()
    await learned()
    const heard = a.down.length
    rooms.catchUp(item.id)
    await learned()
    expect(a.down).toHaveLength(heard)
    await leaveAll(a)
  })
})

describe('Opening and forgetting', () => {
  test('[R10] those who come together share one load, and none is seated before it', async () => {
    store.loading.hold()
    const [a, b] = [new HandPeer({ name: 'a' }), new HandPeer({ name: 'b' })]
    const entering = [a.enter(rooms, item), b.enter(rooms, item)]
    await moment()
    expect([a.down, b.down]).toEqual([[], []])
    store.loading.release()
    await Promise.all(entering)
    deliverAll(a, b)
    expect(store.loads).toBe(1)
    expect([words(a.doc), words(b.doc)]).toEqual(['first ', 'first '])
    await leaveAll(a, b)
  })

  test('[R11] a failed load refuses all who wait, shows no empty document, and the next loads again', async () => {
    store.failLoads = 1
    store.loading.hold()
    const [a, b] = [new HandPeer(), new HandPeer()]
    const entering = Promise.allSettled([a.enter(rooms, item), b.enter(rooms, item)])
    store.loading.release()
    for (const outcome of await entering) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: closeCodes.tryAgain } })
    }
    expect([a.down, b.down, rooms.size]).toEqual([[], [], 0])
    const c = await enter()
    expect(words(c.doc)).toBe('first ')
    expect(stored()).toBe('first ')
    await leaveAll(c)
  })

  test('[R12] a generation that is not there is refused for good', async () => {
    const entering = new HandPeer().enter(rooms, { ...item, generation: 2 })
    await expect(entering).rejects.toEqual(new RoomRefusal(closeCodes.otherGeneration))
    expect(rooms.size).toBe(0)
  })

  test('[R13] who returns during a save meets the living room, not a second load', async () => {
    const a = await enter()
    store.saving.hold()
    write(a, 'unsaved')
    a.deliverUp()
    await moment()
    a.leave()
    await vi.advanceTimersByTimeAsync(60_000)
    const b = await enter({ name: 'b' })
    expect(words(b.doc)).toBe('first unsaved')
    expect(store.loads).toBe(1)
    store.saving.release()
    await leaveAll(b)
  })

  test('[R14] an empty, saved room is forgotten after a while, and what was acknowledged is read again', async () => {
    const a = await enter()
    write(a, 'kept')
    deliverAll(a)
    await moment()
    deliverAll(a)
    expect(a.acknowledged).toBe(a.framesSent)
    a.leave()
    await vi.advanceTimersByTimeAsync(900)
    expect(rooms.size).toBe(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(rooms.size).toBe(0)
    const b = await enter()
    expect(words(b.doc)).toBe('first kept')
    expect(store.loads).toBe(2)
    await leaveAll(b)
  })

  test('[R14] a return just before the room is forgotten keeps it', async () => {
    const a = await enter()
    a.leave()
    await vi.advanceTimersByTimeAsync(999)
    const b = await enter()
    await vi.advanceTimersByTimeAsync(5000)
    expect(rooms.find(item)?.size).toBe(1)
    await leaveAll(b)
  })

  test('[R14] a thousand returns double no word', async () => {
    const peer = await enter()
    for (let round = 0; round < 1000; round++) {
      if (round % 100 === 0) write(peer, `${round} `)
      deliverAll(peer)
      await moment()
      await leaveAll(peer)
      await peer.enter(rooms, item)
      deliverAll(peer)
    }
    await moment()
    expect(stored()).toBe('first 0 100 200 300 400 500 600 700 800 900 ')
    expect(words(peer.doc)).toBe(stored())
    expect(committed).toHaveLength(10)
    await leaveAll(peer)
  })

  test('[R15] who leaves while the room opens holds no place in it', async () => {
    store.loading.hold()
    const a = new HandPeer()
    const entering = a.enter(rooms, item)
    store.loading.release()
    await entering
    await leaveAll(a)
    expect(rooms.size).toBe(0)
  })
})

describe('Words', () => {
  test('[R20] step 1 is answered with what is lacking, and in a meeting with nothing', async () => {
    const a = await enter()
    const b = new HandPeer({ name: 'b' })
    Y.applyUpdate(b.doc, Y.encodeStateAsUpdate(a.doc), b)
    write(a, 'more')
    deliverAll(a)
    await b.enter(rooms, item)
    b.deliverUp()
    const whole = Y.encodeStateAsUpdate(a.doc).length
    expect(Math.max(...b.down.map((frame) => frame.length))).toBeLessThan(whole)
    deliverAll(b)
    expect(words(b.doc)).toBe('first more')
    const m = await new HandPeer().enter(rooms, meeting)
    m.deliverUp()
    expect(m.down).toEqual([writeStep2(new Uint8Array([0, 0]))])
    await moment()
    await leaveAll(a, b, m)
  })

  test('[R21] an update goes at once and as it came to the others, and not back', async () => {
    const [a, b, c] = [await enter(), await enter({ name: 'b' }), await enter({ name: 'c', canWrite: false })]
    await moment()
    deliverAll(a, b, c)
    store.saving.hold()
    write(a, 'now')
    const [frame] = a.up
    a.deliverUp()
    expect([a.down, b.down, c.down]).toEqual([[], [frame], [frame]])
    store.saving.release()
    await leaveAll(a, b, c)
  })

  test('[R22] a writer is asked what it has, a reader is not', async () => {
    const writer = await new HandPeer().enter(rooms, item)
    const reader = await new HandPeer({ canWrite: false }).enter(rooms, item)
    expect([writer.down.length, reader.down.length]).toEqual([1, 0])
    await leaveAll(writer, reader)
  })

  test.each([
    ['update', writeUpdate],
    ['step 2', writeStep2],
  ])('[R23] a reader’s %s changes nothing and closes its socket', async (_kind, frameOf) => {
    const [reader, other] = [await enter({ canWrite: false }), await enter({ name: 'b' })]
    await moment()
    deliverAll(other)
    const before = store.rows(item.id).length
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'forged')
    reader.up.push(frameOf(Y.encodeStateAsUpdate(doc)))
    reader.deliverUp()
    await moment()
    expect(reader.closedWith).toBe(closeCodes.readOnly)
    expect(refused).toEqual([closeCodes.readOnly])
    expect(other.down).toEqual([])
    expect(store.rows(item.id)).toHaveLength(before)
    await leaveAll(other)
  })

  test('[R23] nobody writes in a meeting’s room', async () => {
    const peer = await enter({}, meeting)
    write(peer, 'x')
    peer.deliverUp()
    expect(peer.closedWith).toBe(closeCodes.readOnly)
    expect(store.saves).toBe(0)
  })

  test.each([
    ['nothing at all', new Uint8Array(), closeCodes.protocolError],
    ['an unknown type', new Uint8Array([77, 1]), closeCodes.protocolError],
    ['an unknown sync type', new Uint8Array([0, 9, 1, 0]), closeCodes.protocolError],
    ['a length beyond the frame', new Uint8Array([0, 2, 255, 255, 3, 1]), closeCodes.protocolError],
    ['words after the message', new Uint8Array([0, 2, 2, 0, 0, 5]), closeCodes.protocolError],
    ['a bad state vector', new Uint8Array([0, 0, 2, 9, 9]), closeCodes.protocolError],
    ['an update cut short', new Uint8Array([0, 2, 3, 1, 200, 1]), closeCodes.invalidPayload],
    ['an update that leans on itself', leaningOnItself(), closeCodes.invalidPayload],
    ['[R79] a client named twice', frameOfClients(4711, 4711), closeCodes.invalidPayload],
    ['[R79] clients in the wrong order', frameOfClients(7, 4711), closeCodes.invalidPayload],
    ['[R79] a client without edits', new Uint8Array([0, 2, 5, 1, 0, 7, 0, 0]), closeCodes.invalidPayload],
    ['an update of nonsense', new Uint8Array([0, 2, 4, 1, 1, 1, 255]), closeCodes.invalidPayload],
  ])('[R24] %s costs its sender the socket and the room nothing', async (_what, frame, code) => {
    const [a, b] = [await enter(), await enter({ name: 'b' })]
    await moment()
    deliverAll(a, b)
    a.up.push(frame)
    a.deliverUp()
    expect(a.closedWith).toBe(code)
    write(b, 'on')
    deliverAll(b)
    await moment()
    expect(stored()).toBe('first on')
    expect(b.closedWith).toBeNull()
    await leaveAll(b)
  })

  test('[R25] what a closed socket still sends does not count', async () => {
    const a = await enter()
    a.up.push(new Uint8Array([77]))
    write(a, 'late')
    a.deliverUp()
    await moment()
    expect(stored()).toBe('first ')
  })

  test('[R26] step 2 that repeats known deletions is acknowledged but neither relayed nor stored', async () => {
    const [a, b] = [await enter(), await enter({ name: 'b' })]
    a.doc.getText('t').delete(0, 3)
    deliverAll(a, b)
    await moment()
    const rows = store.rows(item.id).length
    a.leave()
    deliverAll(b)
    await a.enter(rooms, item)
    a.deliverUp()
    a.deliverDown()
    expect(a.up).toHaveLength(1)
    expect(a.up[0]?.length).toBeGreaterThan(5)
    deliverAll(a)
    await moment()
    deliverAll(a)
    expect([a.acknowledged, b.down]).toEqual([1, []])
    expect(store.rows(item.id)).toHaveLength(rows)
    await leaveAll(a, b)
  })
})

describe('Saving', () => {
  test('[R30] frames are acknowledged by count and only after the commit, empty ones too', async () => {
    const a = await enter()
    store.saving.hold()
    write(a, 'one')
    write(a, 'two')
    deliverAll(a)
    await moment()
    deliverAll(a)
    expect(a.acknowledged).toBe(0)
    expect(stored()).toBe('first ')
    store.saving.release()
    await moment()
    deliverAll(a)
    expect(stored()).toBe('first onetwo')
    // The empty step 2 at the door and the two updates.
    expect([a.acknowledged, a.framesSent]).toEqual([3, 3])
    expect(committed).toEqual([item.id, item.id])
    await leaveAll(a)
  })

  test('[R30] an empty frame behind unsaved words is acknowledged with them, not before', async () => {
    const a = await enter()
    await moment()
    deliverAll(a)
    const before = a.acknowledged
    store.saving.hold()
    write(a, 'words')
    a.queueUpdate(new Uint8Array([0, 0]))
    deliverAll(a)
    await moment()
    deliverAll(a)
    expect(a.acknowledged).toBe(before)
    store.saving.release()
    await moment()
    deliverAll(a)
    expect([a.acknowledged, a.framesSent]).toEqual([before + 2, before + 2])
    await leaveAll(a)
  })

  test('[R31] two rooms are saved in one transaction, one at a time', async () => {
    store.add('item-2', new Uint8Array([0, 0]))
    const [a, b] = [await enter(), await enter({ name: 'b' }, { ...item, id: 'item-2' })]
    await moment()
    store.saving.hold()
    write(a, 'x')
    write(b, 'y')
    deliverAll(a, b)
    await moment()
    write(a, 'z')
    deliverAll(a, b)
    await moment()
    expect(store.saves).toBe(1)
    store.saving.release()
    await moment()
    expect(store.saves).toBe(2)
    expect([stored(), words(store.doc('item-2'))]).toEqual(['first xz', 'y'])
    await leaveAll(a, b)
  })

  test('[R32] an edit that comes during a save is not taken for saved by it', async () => {
    const a = await enter()
    await moment()
    deliverAll(a)
    store.saving.hold()
    write(a, 'one')
    deliverAll(a)
    await moment()
    write(a, 'two')
    deliverAll(a)
    store.saving.release()
    store.saving.hold()
    await moment()
    deliverAll(a)
    expect([a.acknowledged, a.framesSent, stored()]).toEqual([2, 3, 'first one'])
    store.saving.release()
    await moment()
    deliverAll(a)
    expect([a.acknowledged, stored()]).toEqual([3, 'first onetwo'])
    await leaveAll(a)
  })

  test('[R33] a failing save drops and acknowledges nothing, tells everyone, and is tried again', async () => {
    const [a, b] = [await enter(), await enter({ name: 'b' })]
    await moment()
    deliverAll(a, b)
    const before = a.acknowledged
    store.failSaves = 3
    write(a, 'kept')
    deliverAll(a, b)
    await moment()
    deliverAll(a, b)
    const late = await enter({ name: 'c' })
    expect([a.savesFail, b.savesFail, late.savesFail]).toEqual([true, true, true])
    expect([a.acknowledged, stored()]).toEqual([before, 'first '])
    await vi.advanceTimersByTimeAsync(100 + 200)
    deliverAll(a, b, late)
    expect(stored()).toBe('first ')
    await vi.advanceTimersByTimeAsync(400)
    deliverAll(a, b, late)
    expect([a.savesFail, b.savesFail, late.savesFail]).toEqual([false, false, false])
    expect([a.acknowledged, stored()]).toEqual([a.framesSent, 'first kept'])
    await leaveAll(a, b, late)
  })

  test('[R34] a room whose last peer left while saves fail stays until all is saved', async () => {
    const a = await enter()
    await moment()
    store.failSaves = 5
    write(a, 'alone')
    deliverAll(a)
    a.leave()
    await vi.advanceTimersByTimeAsync(900)
    expect([rooms.size, stored()]).toEqual([1, 'first '])
    await vi.advanceTimersByTimeAsync(10_000)
    expect([rooms.size, stored()]).toEqual([0, 'first alone'])
  })

  test('[R35] a frozen document empties its room, keeps nothing more, and holds up nobody', async () => {
    store.add('item-2', new Uint8Array([0, 0]))
    const [a, reader] = [await enter(), await enter({ name: 'r', canWrite: false })]
    const b = await enter({ name: 'b' }, { ...item, id: 'item-2' })
    await moment()
    store.freeze(item.id)
    write(a, 'too late')
    write(b, 'y')
    deliverAll(a, b)
    await moment()
    expect([a.closedWith, reader.closedWith]).toEqual([
      closeCodes.otherGeneration,
      closeCodes.otherGeneration,
    ])
    expect([stored(), words(store.doc('item-2'))]).toEqual(['first ', 'y'])
    expect(rooms.find(item)).toBeNull()
    const again = await enter()
    expect(words(again.doc)).toBe('first ')
    await leaveAll(again, b)
  })

  test('[R36] a long log is compacted once in the background, and a failure changes nothing', async () => {
    rooms = open({ compactAfter: 10 })
    const compact = vi.spyOn(store, 'compact').mockRejectedValueOnce(new Error('The store is away'))
    const a = await enter()
    for (let at = 0; at < 30; at++) {
      write(a, `${at} `)
      deliverAll(a)
      await moment()
    }
    expect(compact).toHaveBeenCalledTimes(3)
    expect(compactionsFailed).toBe(1)
    expect(stored()).toBe(words(a.doc))
    await leaveAll(a)
  })

  test('[R36] [R20] who comes between two compactions gets all of it, and has it with step 2', async () => {
    rooms = open({ compactAfter: 10 })
    const a = await enter()
    for (let at = 0; at < 25; at++) {
      write(a, `${at} `)
      deliverAll(a)
      await moment()
    }
    expect(store.compactions).toBe(2)
    const late = await new HandPeer({ name: 'late' }).enter(rooms, item)
    late.deliverUp()
    const syncTypesOf = late.down.filter(([type]) => type === messageTypes.sync).map(([, type]) => type)
    expect(syncTypesOf).toEqual([syncTypes.step1, syncTypes.update, syncTypes.step2])
    deliverAll(a, late)
    expect(words(late.doc)).toBe(words(a.doc))
    await leaveAll(a, late)
  })

  test('[R36] a document at rest is compacted when its room is forgotten', async () => {
    const a = await enter()
    write(a, 'word ')
    deliverAll(a)
    await moment()
    await leaveAll(a)
    expect(store.compactions).toBe(1)
    expect(store.rows(item.id)).toHaveLength(1)
    expect(stored()).toBe(words(a.doc))
  })
})

describe('Presence', () => {
  const stateOf = (peer: HandPeer, of: HandPeer) => {
    const entry = peer.presence.findLast(({ clientId }) => clientId === of.doc.clientID)
    return entry && JSON.parse(entry.state)
  }

  test('[R40] the server says who, the client only where', async () => {
    const [a, b] = [await enter({ name: 'a' }), await enter({ name: 'b' })]
    const cursor = { anchor: { tname: 'title' }, head: { tname: 'title' } }
    a.queuePresence({ user: { id: 'chair', name: 'The chair' }, cursor, item: 'nonsense', shout: 'x' })
    a.deliverUp()
    await moment()
    deliverAll(b)
    expect(stateOf(b, a)).toEqual({ user: a.user, cursor })
    await leaveAll(a, b)
  })

  test('[R41] a socket speaks for one client id, whatever else it says', async () => {
    const [a, b, c] = [await enter({ name: 'a' }), await enter({ name: 'b' }), await enter({ name: 'c' })]
    b.queuePresence({})
    b.deliverUp()
    a.queuePresence({})
    a.queuePresence({ cursor: null }, { clientId: b.doc.clientID, clock: 99 })
    a.queuePresence(null, { clientId: b.doc.clientID, clock: 100 })
    a.deliverUp()
    await moment()
    deliverAll(c)
    expect(stateOf(c, b)).toEqual({ user: b.user })
    expect(stateOf(c, a)).toEqual({ user: a.user })
    await leaveAll(a, b, c)
  })

  test('[R42] the same person takes their client id over from a dead socket; another may not', async () => {
    const [dead, c] = [await enter({ name: 'a' }), await enter({ name: 'c' })]
    dead.queuePresence({})
    dead.deliverUp()
    const thief = await enter({ name: 'b' })
    thief.queuePresence({}, { clientId: dead.doc.clientID, clock: 5 })
    thief.deliverUp()
    await moment()
    deliverAll(c)
    expect(stateOf(c, dead)).toEqual({ user: dead.user })
    const back = await enter({ name: 'a' })
    back.queuePresence({ cursor: null }, { clientId: dead.doc.clientID, clock: 2 })
    back.deliverUp()
    dead.leave()
    await moment()
    deliverAll(c)
    expect(stateOf(c, dead)).toEqual({ user: dead.user, cursor: null })
    await leaveAll(thief, back, c)
  })

  test('[R43] a presence over 2 KB costs its sender the socket', async () => {
    const a = await enter()
    a.queuePresence({ cursor: { anchor: 'x'.repeat(2048), head: null } })
    a.deliverUp()
    expect(a.closedWith).toBe(closeCodes.tooBig)
  })

  test('[R44] the others are told who left', async () => {
    const [a, b] = [await enter({ name: 'a' }), await enter({ name: 'b' })]
    a.queuePresence({})
    a.deliverUp()
    await moment()
    a.leave()
    await moment()
    deliverAll(b)
    expect(stateOf(b, a)).toBeNull()
    await leaveAll(b)
  })

  test('[R45] a reader is seen without a cursor, and sees nobody without the right to', async () => {
    const office = await enter({ name: 'a' })
    const member = await enter({ name: 'm', canWrite: false, seesPresence: false })
    office.queuePresence({})
    member.queuePresence({ cursor: { anchor: 1, head: 1 } })
    office.deliverUp()
    member.deliverUp()
    await moment()
    deliverAll(office, member)
    expect(stateOf(office, member)).toEqual({ user: member.user })
    expect(member.presence).toEqual([])
    await leaveAll(office, member)
  })

  test('[R45] who shows themselves is told who is here already', async () => {
    const a = await enter({ name: 'a' })
    a.queuePresence({})
    a.deliverUp()
    await moment()
    const b = await enter({ name: 'b' })
    b.queuePresence({})
    b.deliverUp()
    b.deliverDown()
    expect(stateOf(b, a)).toEqual({ user: a.user })
    await leaveAll(a, b)
  })

  test('[R46] many changes within a moment make one frame', async () => {
    const [a, b] = [await enter({ name: 'a' }), await enter({ name: 'b' })]
    await moment()
    deliverAll(b)
    for (let clock = 1; clock <= 20; clock++) a.queuePresence({ cursor: null }, { clock })
    a.deliverUp()
    await moment()
    expect(b.down).toHaveLength(1)
    deliverAll(b)
    expect(b.presence.at(-1)).toMatchObject({ clock: 20 })
    await leaveAll(a, b)
  })
})

test('[R62] a topic that changes many times in one turn is told once', async () => {
  vi.useRealTimers()
  const a = await enter({}, meeting)
  const room = rooms.find(meeting)
  for (const topic of ['agenda', 'threads', 'agenda', 'agenda'] as const) room?.changed(topic)
  await new Promise((resolve) => setImmediate(resolve))
  a.deliverDown()
  expect(a.topics).toEqual(['agenda', 'threads'])
  a.leave()
  await rooms.close()
  vi.useFakeTimers()
})
