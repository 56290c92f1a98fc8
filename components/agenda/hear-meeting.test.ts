import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db.ts'
import { signal } from '@/lib/signals.ts'
import type { MeetingTopic } from '@/lib/sync/messages.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { type RunningServer, startTestServer } from '@/server/testing/start-test-server.ts'
import type { MeetingStatus } from './connection.ts'
import { changedTopic, hearMeeting } from './hear-meeting.ts'

let database: TestDatabase
let server: RunningServer
let leave: () => void = () => {}

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(async () => {
  vi.useRealTimers()
  leave()
  await server.close()
})
afterAll(() => database.close())

// A page read later than anything here changes is told only what changes once it listens.
const soon = () => new Date(Date.now() + 60_000)

type Ear = { meetingId: string; socket: typeof WebSocket; since?: Date }

/** Hears a meeting, and waits for what is told of it. */
function ears({ meetingId, socket, since = soon() }: Ear) {
  const told: (MeetingTopic | MeetingStatus)[] = []
  const waiting = new Set<() => void>()
  const tell = (one: MeetingTopic | MeetingStatus) => {
    told.push(one)
    for (const look of waiting) look()
  }
  const url = server.url
  leave = hearMeeting({
    meetingId,
    since: since.toISOString(),
    url,
    socket,
    onChanged: tell,
    onStatus: tell,
  })
  const hears = (wanted: MeetingTopic | MeetingStatus, times = 1) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (told.filter((one) => one === wanted).length >= times) resolve()
      }
      waiting.add(look)
      look()
    })
  return { told, hears }
}

async function meeting() {
  const agenda = await createAgenda({ submittedAt: new Date() })
  const actor = await createActor({ bodyId: agenda.body.id, role: 'member' })
  const socket = await server.browserOf(actor.userId)
  return { meetingId: agenda.meeting.id, actor, socket }
}

const changed = (meetingId: string) =>
  signal(db(), { kind: 'meeting-changed', meetingId, what: 'threads' } as const)

test('a meeting is heard, and heard again when the line was cut', async () => {
  const place = await meeting()
  const sockets: WebSocket[] = []
  const socket = class extends place.socket {
    constructor(address: string | URL) {
      super(address)
      sockets.push(this)
    }
  }
  const { hears } = ears({ ...place, socket })
  await hears('connected')
  await changed(place.meetingId)
  await hears('threads')
  sockets[0]?.close()
  await hears('connecting')
  await hears('connected', 2)
  await changed(place.meetingId)
  await hears('threads', 2)
  // Who was away fetches everything anyway, and does not ask what changed.
  expect(sockets.map(({ url }) => url.includes('?since='))).toEqual([true, false])
})

test('[R78] what changed while the page was on its way is told when it listens, and nothing else', async () => {
  const place = await meeting()
  const colleague = ears(place)
  const leaveColleague = leave
  await colleague.hears('connected')
  // The server has listened for a while.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 })
  const since = new Date()
  await changed(place.meetingId)
  await colleague.hears('threads')
  leaveColleague()
  const late = ears({ ...place, since })
  await late.hears('threads')
  await signal(db(), { kind: 'meeting-changed', meetingId: place.meetingId, what: 'approvals' })
  await late.hears('approvals')
  expect(late.told).toEqual(['connected', 'threads', 'approvals'])
})

test('who may no longer hear it is told so, and does not come back', async () => {
  const place = await meeting()
  const { hears } = ears(place)
  await hears('connected')
  await db().membership.deleteMany({ where: { userId: place.actor.userId } })
  await signal(db(), { kind: 'user-rights-changed', userId: place.actor.userId })
  await hears('refused')
})

test.each([
  [[101, 7, ...Buffer.from('threads')], 'threads'],
  [[101, 7, ...Buffer.from('notices')], null],
  [[101, 9, ...Buffer.from('threads')], null],
  [[0, 7, ...Buffer.from('threads')], null],
  [[], null],
])('the frame %j tells of %s', (frame, topic) => {
  expect(changedTopic(new Uint8Array(frame))).toBe(topic)
})
