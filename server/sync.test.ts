import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { metaMap, readState } from '@/lib/agenda/doc.ts'
import { append, createDocument, readDocument } from '@/lib/agenda/doc-store.ts'
import { db, transaction } from '@/lib/db.ts'
import { log } from '@/lib/log.ts'
import { signal } from '@/lib/signals.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { messageTypes, syncTypes } from '@/lib/sync/messages.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import type { Limits } from './limits.ts'
import { writePresence, writeStep1, writeStep2, writeUpdate } from './protocol.ts'
import { Room } from './room.ts'
import { RawClient, upgradeStatus } from './testing/raw-client.ts'
import { type RunningServer, startTestServer } from './testing/start-test-server.ts'

let database: TestDatabase
let server: RunningServer
const clients: RawClient[] = []

beforeAll(async () => {
  database = await testDatabase()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.close()
})

afterAll(() => database.close())

type Role = 'secretariat' | 'chair' | 'member'

async function start(limits: Partial<Limits> = {}) {
  server = await startTestServer(limits)
  const agenda = await createAgenda({ submittedAt: new Date() })
  const signIn = async (role: Role) => {
    const actor = await createActor({ bodyId: agenda.body.id, role })
    return { actor, cookie: await server.cookieFor(actor.userId) }
  }
  return { ...agenda, signIn }
}

async function connect(room: string, cookie: string, origin = server.origin): Promise<RawClient> {
  const client = new RawClient(`${server.url}/${room}`, { Cookie: cookie, Origin: origin })
  clients.push(client)
  return client.opened()
}

const isStep1 = ([type, sync]: Uint8Array) => type === messageTypes.sync && sync === syncTypes.step1
const isStep2 = ([type, sync]: Uint8Array) => type === messageTypes.sync && sync === syncTypes.step2
const isUpdate = ([type, sync]: Uint8Array) => type === messageTypes.sync && sync === syncTypes.update
const isAcknowledged = (count: number) => (frame: Uint8Array) =>
  frame[0] === messageTypes.acknowledge && frame[1] === count

function edit(state: Uint8Array, key: string, value: string): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const before = Y.encodeStateVector(doc)
  metaMap(doc).set(key, value)
  return Y.encodeStateAsUpdate(doc, before)
}

/** Every byte the database keeps of documents and items, as text to compare. */
async function everythingKept(): Promise<string> {
  const tables = await Promise.all([
    db().item.findMany({ orderBy: { id: 'asc' } }),
    db().document.findMany({ orderBy: { id: 'asc' } }),
    db().documentUpdate.findMany({ orderBy: { seq: 'asc' } }),
    db().documentSnapshot.findMany({ orderBy: { documentId: 'asc' } }),
  ])
  return JSON.stringify(tables, (_key, value) => (typeof value === 'bigint' ? `${value}` : value))
}

async function caseNumber(itemId: string): Promise<string> {
  const kept = await readDocument(db(), { itemId, generation: 1 })
  return kept ? readState(kept.state).caseNumber : ''
}

describe('Coming in', () => {
  test('[R1] a foreign page is refused before the upgrade, whoever is signed in', async () => {
    const { item, signIn } = await start()
    const { cookie } = await signIn('secretariat')
    const url = `${server.url}/item/${item.id}`
    expect(await upgradeStatus(url, { Cookie: cookie, Origin: 'https://ond.example' })).toBe(403)
    expect(await upgradeStatus(url, { Cookie: cookie })).toBe(403)
    expect(await upgradeStatus(url, { Cookie: cookie, Origin: 'http://dagsorden.test' })).toBe(101)
    expect(server.sync.figures().refusals).toEqual({ 403: 2 })
  })

  test('[R2] without session, right, room or sense the socket is opened and closed for good', async () => {
    const { item, signIn } = await start()
    const { cookie } = await signIn('member')
    const other = await createAgenda()
    const missing = '00000000-0000-7000-8000-000000000000'
    const attempts = [
      [`item/${item.id}`, ''],
      [`item/${item.id}`, `${cookie.slice(0, -3)}xxx`],
      [`item/${other.item.id}`, cookie],
      [`item/${missing}`, cookie],
      [`meeting/${other.meeting.id}`, cookie],
      ['item/../secrets', cookie],
    ] as const
    for (const [room, session] of attempts) {
      const client = await connect(room, session)
      expect(await client.closed).toBe(closeCodes.refused)
      expect(client.received).toEqual([])
    }
  })

  test('[R3] another generation is closed for good', async () => {
    const { item, signIn } = await start()
    const { cookie } = await signIn('secretariat')
    const client = await connect(`item/${item.id}?generation=2`, cookie)
    expect(await client.closed).toBe(closeCodes.otherGeneration)
  })

  test('[R6] a right that is taken away closes the socket at once, and nothing it sends after is kept', async () => {
    const { item, signIn } = await start()
    const { actor, cookie } = await signIn('secretariat')
    const client = await connect(`item/${item.id}`, cookie)
    await client.frame(isStep1)
    const at = performance.now()
    await transaction(async (tx) => {
      await tx.membership.deleteMany({ where: { userId: actor.userId } })
      await signal(tx, { kind: 'user-rights-changed', userId: actor.userId })
    })
    expect(await client.closed).toBe(closeCodes.refused)
    expect(performance.now() - at).toBeLessThan(1000)
  })

  test('[R6] a replaced document closes its sockets; rights that stand leave them open', async () => {
    const { item, signIn } = await start()
    const { cookie } = await signIn('secretariat')
    const client = await connect(`item/${item.id}`, cookie)
    await client.frame(isStep1)
    await signal(db(), { kind: 'item-rights-changed', itemId: item.id })
    client.send(writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    await client.frame(isAcknowledged(1))
    await createDocument(db(), { itemId: item.id, generation: 2, state: item.state, userId: null })
    await db().item.update({ where: { id: item.id }, data: { generation: 2 } })
    await signal(db(), { kind: 'item-rights-changed', itemId: item.id })
    expect(await client.closed).toBe(closeCodes.otherGeneration)
  })

  test('[R6] rights that changed unheard are noticed all the same', async () => {
    const { item, signIn } = await start({ reviewEvery: 50 })
    const { actor, cookie } = await signIn('secretariat')
    const client = await connect(`item/${item.id}`, cookie)
    await client.frame(isStep1)
    await db().membership.updateMany({ where: { userId: actor.userId }, data: { role: 'chair' } })
    expect(await client.closed).toBe(closeCodes.rightsChanged)
  })

  test('[R6] rights that change while somebody comes in are judged again, and those that stand let them in', async () => {
    const { item, signIn } = await start()
    const { actor, cookie } = await signIn('secretariat')
    let isComing = true
    const change = () => {
      void signal(db(), { kind: 'user-rights-changed', userId: actor.userId }).then(
        () => isComing && change(),
      )
    }
    change()
    const client = await connect(`item/${item.id}`, cookie)
    await client.frame(isStep1)
    client.send(writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    isComing = false
    await client.frame(isAcknowledged(1))
    expect(await caseNumber(item.id)).toBe('SAG-1')
  })

  test('[R9] what is no signal is ignored and counted', async () => {
    const { item, signIn } = await start()
    const client = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    await client.frame(isStep1)
    const garbage = ['', '{', '{"kind":"user-rights-changed"}', '{"kind":"?"}', '[]', 'x'.repeat(7000)]
    await db().$queryRaw`
      SELECT pg_notify('dagsorden', payload)::text FROM unnest(${garbage}::text[]) AS payload`
    await signal(db(), { kind: 'item-rights-changed', itemId: item.id })
    client.send(writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    await client.frame(isAcknowledged(1))
    await vi.waitFor(() => expect(server.sync.figures().garbledSignals).toBe(garbage.length))
  })

  test('[R8] who signs out has every socket closed, and nobody else', async () => {
    const { item, meeting, signIn } = await start()
    const { actor, cookie } = await signIn('secretariat')
    const mine = [await connect(`item/${item.id}`, cookie), await connect(`meeting/${meeting.id}`, cookie)]
    const other = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    await other.frame(isStep1)
    await signal(db(), { kind: 'signed-out', userId: actor.userId })
    expect(await Promise.all(mine.map(({ closed }) => closed))).toEqual([
      closeCodes.rightsChanged,
      closeCodes.rightsChanged,
    ])
    other.send(writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    await other.frame(isAcknowledged(1))
  })

  test('[R18] one person, one room and one address have so many sockets at most, and room again when one is gone', async () => {
    const { item, meeting, signIn } = await start({ maxPerPerson: 2, maxPerRoom: 3, maxPerAddress: 4 })
    const [one, other, third] = [
      await signIn('secretariat'),
      await signIn('secretariat'),
      await signIn('chair'),
    ]
    const room = `item/${item.id}`
    const mine = [await connect(room, one.cookie), await connect(room, one.cookie)]
    for (const client of mine) await client.frame(isStep1)
    expect(await (await connect(`meeting/${meeting.id}`, one.cookie)).closed).toBe(closeCodes.tooMany)
    await (await connect(room, other.cookie)).frame(isStep1)
    expect(await (await connect(room, third.cookie)).closed).toBe(closeCodes.tooMany)
    await connect(`meeting/${meeting.id}`, third.cookie)
    const again = { Cookie: third.cookie, Origin: server.origin }
    const url = `${server.url}/meeting/${meeting.id}`
    await vi.waitFor(async () => expect(await upgradeStatus(url, again)).toBe(429))
    mine[0]?.close()
    await vi.waitFor(() => expect(server.sync.figures().connections).toBe(3))
    await (await connect(room, one.cookie)).frame(isStep1)
    expect(server.sync.figures().refusals).toMatchObject({ [closeCodes.tooMany]: 2 })
  })

  test('[R19] who has no place in time, because the database is slow, is sent away to come again', async () => {
    const { item, signIn } = await start({ placeWithin: 1000 })
    const { cookie } = await signIn('secretariat')
    const holder = transaction(async (tx) => {
      await tx.$queryRaw`LOCK TABLE "DocumentUpdate" IN ACCESS EXCLUSIVE MODE`
      const client = await connect(`item/${item.id}`, cookie)
      expect(await client.closed).toBe(closeCodes.tryAgain)
      expect(client.received).toEqual([])
    })
    await holder
    await (await connect(`item/${item.id}`, cookie)).frame(isStep1)
  })

  test('[R7] over the limit of connections an upgrade is refused', async () => {
    const { item, signIn } = await start({ maxConnections: 1 })
    const { cookie } = await signIn('secretariat')
    const first = await connect(`item/${item.id}`, cookie)
    await first.frame(isStep1)
    const again = { Cookie: cookie, Origin: server.origin }
    expect(await upgradeStatus(`${server.url}/item/${item.id}`, again)).toBe(503)
  })
})

describe('A member without the right to write', () => {
  async function attack(frames: (item: { state: Uint8Array }, victim: number) => Uint8Array[]) {
    const { item, meeting, signIn } = await start()
    const office = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    await office.frame(isStep1)
    const victim = 4711
    office.send(writePresence([{ clientId: victim, clock: 1, state: '{}' }]))
    await office.frame(([type, , count]) => type === messageTypes.awareness && count === 1)
    const before = await everythingKept()
    const { cookie } = await signIn('member')
    const codes: (number | 'open')[] = []
    for (const room of [`item/${item.id}`, `item/${item.id}?generation=1`, `meeting/${meeting.id}`]) {
      for (const frame of frames(item, victim)) {
        const member = await connect(room, cookie)
        // The answer to the step 1 behind it proves that the frame was taken and the socket let live.
        member.send(frame, writeStep1(new Uint8Array([0])))
        const answered = member.frame(isStep2).then(() => 'open' as const)
        codes.push(await Promise.race([member.closed, answered.catch(() => member.closed)]))
        member.close()
      }
    }
    await server.close()
    expect(await everythingKept()).toBe(before)
    return { codes, office, victim }
  }

  test('[R23] sends step 2 and updates, and not a byte in the database is another', async () => {
    const forged = (item: { state: Uint8Array }) => edit(item.state, 'caseNumber', 'forged')
    const { codes, office } = await attack((item) => [writeStep2(forged(item)), writeUpdate(forged(item))])
    expect(new Set(codes)).toEqual(new Set([closeCodes.readOnly]))
    expect(office.received.filter(isUpdate)).toEqual([])
  })

  test('[R41] speaks as another, and nobody hears it', async () => {
    const { codes, office, victim } = await attack((_item, clientId) => [
      writePresence([{ clientId, clock: 99, state: JSON.stringify({ user: { name: 'The chair' } }) }]),
      writePresence([{ clientId, clock: 99, state: 'null' }]),
    ])
    expect(new Set(codes)).toEqual(new Set(['open']))
    const heard = office.received.filter(([type]) => type === messageTypes.awareness)
    const text = heard.map((frame) => Buffer.from(frame).toString()).join()
    expect(victim).toBe(4711)
    expect(text).not.toContain('The chair')
    expect(text).not.toContain('null')
  })
})

test('[R75] going the way of who comes for nobody opens no room, counts nobody and refuses nobody', async () => {
  await start()
  await server.sync.warm()
  const { connections, rooms, refusals } = server.sync.figures()
  expect({ connections, rooms, refusals }).toEqual({ connections: 0, rooms: 0, refusals: {} })
})

test('[R36] what an earlier process left uncompacted is compacted a while after the start', async () => {
  const { item } = await start()
  const { id, documentId } = item
  const data = edit(item.state, 'caseNumber', 'SAG-9')
  await append(db(), [{ itemId: id, generation: 1, documentId, data, userId: null }])
  await server.close()
  server = await startTestServer({ compactOldAfter: 1 })
  const rows = () => db().documentUpdate.count({ where: { documentId } })
  await vi.waitFor(async () => expect(await rows()).toBe(0), 5000)
  expect(await caseNumber(item.id)).toBe('SAG-9')
})

describe('Sockets', () => {
  test.each([
    ['[R50] a text frame', 'hello', closeCodes.unsupportedData],
    ['[R51] a frame over the limit', new Uint8Array(2000), closeCodes.tooBig],
    ['[R24] a malformed frame', new Uint8Array([0, 2, 200]), closeCodes.protocolError],
  ])('%s costs the socket and nothing else', async (_what, frame, code) => {
    const { item, signIn } = await start({ maxFrameBytes: 1500 })
    const { cookie } = await signIn('secretariat')
    const [bad, good] = [await connect(`item/${item.id}`, cookie), await connect(`item/${item.id}`, cookie)]
    await Promise.all([bad.frame(isStep1), good.frame(isStep1)])
    bad.send(frame)
    expect(await bad.closed).toBe(code)
    good.send(writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    await good.frame(isAcknowledged(1))
    expect(await caseNumber(item.id)).toBe('SAG-1')
  })

  test('[R52] a flood costs the socket', async () => {
    const { item, signIn } = await start({ maxFramesPerSecond: 20 })
    const client = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    for (let at = 0; at < 40; at++) client.send(writeStep1(new Uint8Array([0])))
    expect(await client.closed).toBe(closeCodes.tooFast)
  })

  test('[R52] more bytes in a second than allowed cost the socket', async () => {
    const { item, signIn } = await start({ maxBytesPerSecond: 3000 })
    const client = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    await client.frame(isStep1)
    client.send(writeUpdate(edit(item.state, 'caseNumber', 'x'.repeat(2000))))
    await client.frame(isAcknowledged(1))
    client.send(writeUpdate(edit(item.state, 'kind', 'x'.repeat(2000))))
    expect(await client.closed).toBe(closeCodes.tooFast)
  })

  test('[R28] a full document shuts out for good who adds to it, and nobody else', async () => {
    const { item, signIn } = await start({ maxDocumentBytes: 3000 })
    const { cookie } = await signIn('secretariat')
    const [adds, reads] = [await connect(`item/${item.id}`, cookie), await connect(`item/${item.id}`, cookie)]
    await Promise.all([adds.frame(isStep1), reads.frame(isStep1)])
    adds.send(writeUpdate(edit(item.state, 'caseNumber', 'x'.repeat(3000))))
    expect(await adds.closed).toBe(closeCodes.documentFull)
    reads.send(writeStep1(new Uint8Array([0])))
    await reads.frame(isStep2)
    expect(reads.received.filter(isUpdate)).toEqual([])
  })

  test('[R53] a socket that does not read is cut off, and the others go on', async () => {
    const { item, signIn } = await start({
      maxBufferedBytes: 200_000,
      maxBytesPerSecond: 1e9,
      maxDocumentBytes: 1e9,
      closeWithin: 100,
    })
    const { cookie } = await signIn('secretariat')
    const [stalled, writer] = [
      await connect(`item/${item.id}`, cookie),
      await connect(`item/${item.id}`, cookie),
    ]
    await Promise.all([stalled.frame(isStep1), writer.frame(isStep1)])
    stalled.ws.pause()
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => writer.send(writeUpdate(update)))
    let sent = 0
    while (server.sync.figures().connections === 2 && sent < 50) {
      doc.getText('t').insert(0, 'x'.repeat(900_000))
      sent++
      await writer.frame(isAcknowledged(sent))
    }
    expect(server.sync.figures().connections).toBe(1)
    expect(writer.ws.readyState).toBe(writer.ws.OPEN)
  })

  test('[R54] a silent socket is cut off; one that answers is kept and hears from the server', async () => {
    const { item, signIn } = await start({ pingEvery: 150, silence: 600 })
    const { cookie } = await signIn('secretariat')
    const [silent, alive] = [
      await connect(`item/${item.id}`, cookie),
      await connect(`item/${item.id}`, cookie),
    ]
    await Promise.all([silent.frame(isStep1), alive.frame(isStep1)])
    silent.ws.pause()
    await vi.waitFor(() => expect(server.sync.figures().connections).toBe(1), 5000)
    await alive.frame(
      ([type, length, count]) => type === messageTypes.awareness && length === 1 && count === 0,
    )
    expect(alive.ws.readyState).toBe(alive.ws.OPEN)
  })

  test('[R55] a fault of ours closes the socket it came by, and the process lives', async () => {
    const { item, signIn } = await start()
    const { cookie } = await signIn('secretariat')
    const client = await connect(`item/${item.id}`, cookie)
    await client.frame(isStep1)
    const fault = vi.spyOn(Room.prototype, 'receive').mockImplementationOnce(() => {
      throw new Error('A fault')
    })
    const report = vi.spyOn(log, 'error').mockImplementation(() => undefined)
    client.send(writeStep1(new Uint8Array([0])))
    expect(await client.closed).toBe(closeCodes.internalError)
    expect(report).toHaveBeenCalledOnce()
    fault.mockRestore()
    report.mockRestore()
    const next = await connect(`item/${item.id}`, cookie)
    await next.frame(isStep1)
  })
})

describe('After the commit', () => {
  test('[R30] an acknowledged edit is in the database', async () => {
    const { item, signIn } = await start()
    const client = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    await client.frame(isStep1)
    client.send(writeStep2(new Uint8Array([0, 0])), writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    await client.frame(isAcknowledged(2))
    expect(await caseNumber(item.id)).toBe('SAG-1')
  })

  test('[R16] a document with a damaged row is not opened, never shown empty, and the others are', async () => {
    const { item, signIn } = await start()
    const { cookie } = await signIn('secretariat')
    const [first] = await db().documentUpdate.findMany({ where: { documentId: item.documentId } })
    const whole = first?.data ?? new Uint8Array()
    const mend = (data: Uint8Array<ArrayBuffer>) =>
      db().documentUpdate.updateMany({ where: { documentId: item.documentId }, data: { data } })
    await mend(whole.map((byte, at) => (at === 40 ? byte ^ 1 : byte)))
    const alarm = vi.spyOn(log, 'error')
    const client = await connect(`item/${item.id}`, cookie)
    expect(await client.closed).toBe(closeCodes.tryAgain)
    expect(client.received).toEqual([])
    const named = { name: 'DamagedRowError', message: expect.stringContaining(item.documentId) }
    expect(alarm.mock.calls).toEqual([[{ err: expect.objectContaining(named) }, expect.any(String)]])
    await mend(whole)
    await (await connect(`item/${item.id}`, cookie)).frame(isStep1)
  })

  test('[R92] frames in and out, saves, and who was shut out are counted', async () => {
    const { item, signIn } = await start({ maxFrameBytes: 1500 })
    const { cookie } = await signIn('secretariat')
    const [writer, hears] = [
      await connect(`item/${item.id}`, cookie),
      await connect(`item/${item.id}`, cookie),
    ]
    await Promise.all([writer.frame(isStep1), hears.frame(isStep1)])
    writer.send(writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    await writer.frame(isAcknowledged(1))
    hears.send(new Uint8Array(2000))
    await hears.closed
    await vi.waitFor(() => expect(server.sync.figures().refusals).toEqual({ [closeCodes.tooBig]: 1 }))
    const { received, delivered, unsaved, saves } = server.sync.figures()
    // Two first questions, the update, and the answer that it is saved.
    expect({ received, delivered, unsaved }).toEqual({ received: 1, delivered: 4, unsaved: 0 })
    expect(saves.lines('s').at(-1)).toBe('s_count 1')
  })

  test('[R61] the words reach the rows, and the meeting’s readers are told within a second', async () => {
    const { item, meeting, signIn } = await start()
    const reader = await connect(`meeting/${meeting.id}`, (await signIn('member')).cookie)
    const client = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    await client.frame(isStep1)
    const at = performance.now()
    client.send(writeUpdate(edit(item.state, 'kind', 'decision')))
    for (const topic of ['agenda', 'approvals', 'threads']) {
      await reader.frame((frame) => frame[0] === messageTypes.changed && Buffer.from(frame).includes(topic))
    }
    expect(performance.now() - at).toBeLessThan(1000)
    const row = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(row.content).toMatchObject({ kind: 'decision' })
    expect(row.contentHash).not.toBe(item.contentHash)
  })

  test('[R63] what was not projected before a crash is projected at the start', async () => {
    const { item, meeting } = await createAgenda()
    const data = edit(item.state, 'caseNumber', 'SAG-1')
    await transaction((tx) =>
      append(tx, [{ itemId: item.id, generation: 1, documentId: item.documentId, data, userId: null }]),
    )
    const told = await signalsOf(async () => {
      await start()
      await server.sync.close()
    })
    expect(told).toContainEqual({ kind: 'meeting-changed', meetingId: meeting.id, what: 'agenda' })
    const row = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(row.content).toMatchObject({ caseNumber: 'SAG-1' })
  })
})

describe('Stopping', () => {
  test('[R70] what was taken is saved and acknowledged before the sockets close and the server has stopped', async () => {
    const { item, signIn } = await start({ gatherFor: 300, projectAfter: 60_000 })
    const client = await connect(`item/${item.id}`, (await signIn('secretariat')).cookie)
    await client.frame(isStep1)
    const other = await connect(`item/${item.id}`, (await signIn('chair')).cookie)
    client.send(writeUpdate(edit(item.state, 'caseNumber', 'SAG-1')))
    await other.frame(isUpdate)
    const stopped = server.sync.close()
    expect(await upgradeStatus(`${server.url}/item/${item.id}`, { Origin: server.origin })).toBe(503)
    await client.frame(isAcknowledged(1))
    expect(await Promise.all([client.closed, other.closed])).toEqual([closeCodes.restart, closeCodes.restart])
    await stopped
    expect(await caseNumber(item.id)).toBe('SAG-1')
    const row = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(row.content).toMatchObject({ caseNumber: 'SAG-1' })
    expect(server.sync.figures()).toMatchObject({ connections: 0, rooms: 0 })
  })
})
