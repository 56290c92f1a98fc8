import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { metaMap, readState } from '@/lib/agenda/doc.ts'
import { readDocument } from '@/lib/agenda/doc-store.ts'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { db } from '@/lib/db.ts'
import { signal } from '@/lib/signals.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { type RunningServer, startTestServer } from '@/server/testing/start-test-server.ts'
import { type ItemConnection, openItem, openMeeting, type SaveState } from './connection.ts'
import { watchRoom } from './watch-room.ts'

let database: TestDatabase
let server: RunningServer
let open: { close(): void }[] = []

beforeAll(async () => {
  database = await testDatabase()
})

beforeEach(async () => {
  server = await startTestServer()
})

afterEach(async () => {
  for (const connection of open) connection.close()
  open = []
  await server.close()
})

afterAll(() => database.close())

/** A page read later than anything here changes: it is told only what changes once it listens. */
const soon = () => new Date(Date.now() + 60_000).toISOString()

async function agendaWith(role: 'secretariat' | 'member' | 'chair' = 'secretariat') {
  const agenda = await createAgenda({ submittedAt: new Date() })
  const actor = await createActor({ bodyId: agenda.body.id, role })
  const socket = await server.browserOf(actor.userId)
  return { ...agenda, actor, socket }
}

type Opened = { item: { id: string }; socket: typeof WebSocket }

function opened({ item, socket }: Opened, options: { write?: boolean; generation?: number } = {}) {
  const { write = true, generation = 1 } = options
  const connection = openItem({
    itemId: item.id,
    generation,
    write,
    keepOffline: false,
    url: server.url,
    socket,
  })
  open.push(connection)
  return connection
}

function reached(connection: ItemConnection, status: SaveState['status']): Promise<SaveState> {
  return new Promise((resolve) => {
    const look = () => {
      if (connection.saveState().status === status) resolve(connection.saveState())
    }
    connection.subscribe(look)
    look()
  })
}

async function keptCaseNumber(itemId: string): Promise<string> {
  const kept = await readDocument(db(), { itemId, generation: 1 })
  return kept ? readState(kept.state).caseNumber : ''
}

test('an edit shows as saved only when it is in the database', async () => {
  const agenda = await agendaWith()
  const connection = opened(agenda)
  await connection.ready
  metaMap(connection.doc).set('caseNumber', 'SAG-1')
  expect(connection.saveState()).toEqual({ status: 'saving' })
  const state = await reached(connection, 'saved')
  expect(await keptCaseNumber(agenda.item.id)).toBe('SAG-1')
  expect(state).toMatchObject({ at: expect.any(Date) })
  expect(connection.saveState()).toBe(state)
})

test('a document that was only read is saved at no time', async () => {
  const connection = opened(await agendaWith())
  await connection.ready
  expect(connection.saveState()).toEqual({ status: 'saved', at: null })
})

test('what is written while the server is away waits, and is saved at the return', async () => {
  const agenda = await agendaWith()
  const connection = opened(agenda)
  await connection.ready
  const { url } = server
  await server.close()
  await reached(connection, 'offline')
  expect(connection.saveState()).toEqual({ status: 'offline', waiting: false })
  metaMap(connection.doc).set('caseNumber', 'SAG-2')
  expect(connection.saveState()).toEqual({ status: 'offline', waiting: true })
  server = await startTestServer({}, Number(new URL(url).port))
  await reached(connection, 'saved')
  expect(await keptCaseNumber(agenda.item.id)).toBe('SAG-2')
})

test('another generation is refused for good and the words stay in the page', async () => {
  const connection = opened(await agendaWith(), { generation: 2 })
  metaMap(connection.doc).set('caseNumber', 'SAG-3')
  expect(await reached(connection, 'refused')).toEqual({
    status: 'refused',
    code: closeCodes.otherGeneration,
  })
  await expect(connection.ready).rejects.toThrow('4409')
  expect([metaMap(connection.doc).get('caseNumber'), connection.hasUnsaved()]).toEqual(['SAG-3', true])
})

test('who may only read and came to write is told so for good', async () => {
  const connection = opened(await agendaWith('member'))
  expect(await reached(connection, 'refused')).toEqual({ status: 'refused', code: closeCodes.readOnly })
})

test('a reader receives the words, and nothing its page does to them is sent', async () => {
  const agenda = await agendaWith('member')
  const reader = opened(agenda, { write: false })
  await reader.ready
  metaMap(reader.doc).set('caseNumber', 'by a page')
  const writer = opened({ ...agenda, socket: await server.browserOf((await secretary(agenda)).userId) })
  await writer.ready
  metaMap(writer.doc).set('kind', 'decision')
  await reached(writer, 'saved')
  expect(await keptCaseNumber(agenda.item.id)).toBe('')
  expect(reader.saveState()).toEqual({ status: 'saved', at: null })
})

test('a right taken away closes the document for good', async () => {
  const agenda = await agendaWith()
  const connection = opened(agenda)
  await connection.ready
  await db().membership.deleteMany({ where: { userId: agenda.actor.userId } })
  await signal(db(), { kind: 'user-rights-changed', userId: agenda.actor.userId })
  expect(await reached(connection, 'refused')).toEqual({ status: 'refused', code: closeCodes.refused })
})

test('two people see each other as the server names them', async () => {
  const agenda = await agendaWith()
  const other = await secretary(agenda)
  const one = opened(agenda)
  const two = opened({ ...agenda, socket: await server.browserOf(other.userId) })
  two.awareness.setLocalStateField('user', { id: 'x', name: 'Somebody else' })
  const seen = await new Promise((resolve) => {
    one.awareness.on('change', () => {
      const state = one.awareness.getStates().get(two.awareness.clientID)
      if (state) resolve(state.user)
    })
  })
  expect(seen).toMatchObject({ id: other.userId, name: other.name, role: 'secretariat' })
})

test('who returns after a moment away sees the others again at once, and is seen', async () => {
  const agenda = await agendaWith()
  const sockets: { terminate(): void }[] = []
  const socket = class extends agenda.socket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols)
      sockets.push(this as unknown as { terminate(): void })
    }
  }
  const one = opened({ ...agenda, socket })
  const two = opened({ ...agenda, socket: await server.browserOf((await secretary(agenda)).userId) })
  const sees = (who: ItemConnection, whom: ItemConnection) =>
    vi.waitFor(() => expect(who.awareness.getStates().get(whom.awareness.clientID)?.user).toBeDefined(), 3000)
  await Promise.all([sees(one, two), sees(two, one)])
  sockets[0]?.terminate()
  await reached(one, 'offline')
  await vi.waitFor(() => expect(two.awareness.getStates().has(one.awareness.clientID)).toBe(false), 3000)
  await Promise.all([sees(one, two), sees(two, one)])
  expect(sockets).toHaveLength(2)
})

test('a meeting tells what changed, and its readers nothing of one another', async () => {
  const agenda = await agendaWith('member')
  const join = (socket: typeof WebSocket) => {
    const meeting = openMeeting({
      meetingId: agenda.meeting.id,
      since: soon(),
      url: server.url,
      socket,
    })
    open.push(meeting)
    return meeting
  }
  const member = join(agenda.socket)
  const office = join(await server.browserOf((await secretary(agenda)).userId))
  const seen = new Promise<void>((resolve) => {
    office.awareness.on('change', () => {
      if (office.awareness.getStates().has(member.awareness.clientID)) resolve()
    })
  })
  const told = new Promise((resolve) => member.onChanged(resolve))
  await seen
  await signal(db(), { kind: 'meeting-changed', meetingId: agenda.meeting.id, what: 'threads' })
  expect(await told).toBe('threads')
  expect(member.status()).toBe('connected')
  expect([...member.awareness.getStates().keys()]).toEqual([member.awareness.clientID])
})

test('a right taken away closes the meeting for good, and its agenda is not found', async () => {
  const agenda = await agendaWith()
  const meeting = openMeeting({
    meetingId: agenda.meeting.id,
    since: soon(),
    url: server.url,
    socket: agenda.socket,
  })
  open.push(meeting)
  await new Promise<void>((resolve) => meeting.subscribe(() => meeting.status() === 'connected' && resolve()))
  const refused = new Promise<void>((resolve) =>
    watchRoom(meeting, { onRefused: resolve, onReconnected: () => undefined }),
  )
  await db().membership.deleteMany({ where: { userId: agenda.actor.userId } })
  await signal(db(), { kind: 'user-rights-changed', userId: agenda.actor.userId })
  await refused
  const left = { ...agenda.actor, memberships: [] }
  await expect(loadAgenda(left, agenda.meeting.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('a meeting that may not be read is refused', async () => {
  const agenda = await agendaWith()
  const stranger = await createActor({ bodyId: (await createAgenda()).body.id, role: 'secretariat' })
  const socket = await server.browserOf(stranger.userId)
  const meeting = openMeeting({
    meetingId: agenda.meeting.id,
    since: soon(),
    url: server.url,
    socket,
  })
  open.push(meeting)
  await new Promise<void>((resolve) => meeting.subscribe(() => meeting.status() === 'refused' && resolve()))
  expect(meeting.status()).toBe('refused')
})

function secretary(agenda: { body: { id: string } }) {
  return createActor({ bodyId: agenda.body.id, role: 'secretariat', name: 'Jens', initials: 'jhp' })
}
