import { afterEach, expect, test, vi } from 'vitest'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { db } from '@/lib/db.ts'
import { signal } from '@/lib/signals.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { meetingTopics, messageTypes, noticesTopic } from '@/lib/sync/messages.ts'
import { eachStore, onPostgres } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { RawClient } from './testing/raw-client.ts'
import { type RunningServer, startTestServer } from './testing/start-test-server.ts'

await onPostgres('Signals', () => {
  let server: RunningServer
  afterEach(() => server.close())

  test('[R9] what was missed while the channel was down is made good', async () => {
    server = await startTestServer()
    const { body, meeting, item } = await createAgenda()
    const enter = async (role: 'secretariat' | 'member', room: string) => {
      const { userId } = await createActor({ bodyId: body.id, role })
      const headers = { Cookie: await server.cookieFor(userId), Origin: server.origin }
      return { userId, client: await new RawClient(`${server.url}/${room}`, headers).opened() }
    }
    const reader = await enter('member', `meeting/${meeting.id}`)
    const writer = await enter('secretariat', `item/${item.id}`)
    await writer.client.frame(([type]) => type === messageTypes.sync)
    await db().membership.deleteMany({ where: { userId: writer.userId } })
    // Of all connections the ear's alone has said this, or asks whether it is still there.
    const cut = await db().$queryRaw<object[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE query IN ('LISTEN dagsorden', 'SELECT 1') AND datname = current_database()`
    expect(cut).toHaveLength(1)
    expect(await writer.client.closed).toBe(closeCodes.refused)
    for (const topic of meetingTopics) {
      await reader.client.frame(
        (frame) => frame[0] === messageTypes.changed && Buffer.from(frame).includes(topic),
      )
    }
  })
})

await onPostgres('Two sync servers on one database', () => {
  test('[R68] pass on to each other what is written in a document that is open at both', async () => {
    const servers = [await startTestServer(), await startTestServer()]
    const { body, item } = await createAgenda()
    const { userId } = await createActor({ bodyId: body.id, role: 'secretariat' })
    const docs = await Promise.all(
      servers.map(async (server) => {
        const doc = new Y.Doc()
        const WebSocketPolyfill = await server.browserOf(userId)
        const provider = new WebsocketProvider(server.url, `item/${item.id}`, doc, {
          WebSocketPolyfill,
          disableBc: true,
        })
        await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
        return { doc, provider }
      }),
    )
    const [one, other] = docs
    for (let at = 0; at < 20; at++) {
      for (const { doc } of docs) doc.getText('t').insert(0, `${at} `)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    await vi.waitFor(() => {
      expect(one?.doc.getText('t').length).toBe(100)
      expect(other?.doc.getText('t').toString()).toBe(one?.doc.getText('t').toString())
    }, 5000)
    for (const { provider } of docs) provider.destroy()
    await Promise.all(servers.map((server) => server.close()))
  })
})

await eachStore('News of notices', () => {
  test('[R66] goes to the person’s own sockets in meetings, and to nobody else’s', async () => {
    const server = await startTestServer()
    const { body, meeting } = await createAgenda()
    const enter = async () => {
      const { userId } = await createActor({ bodyId: body.id, role: 'secretariat' })
      const headers = { Cookie: await server.cookieFor(userId), Origin: server.origin }
      const client = await new RawClient(`${server.url}/meeting/${meeting.id}`, headers).opened()
      return { userId, client }
    }
    const isAbout = (topic: string) => (frame: Uint8Array) =>
      frame[0] === messageTypes.changed && Buffer.from(frame).includes(topic)
    const [one, other] = [await enter(), await enter()]
    await signal(db(), { kind: 'notices-changed', userId: one.userId })
    await one.client.frame(isAbout(noticesTopic))
    // What is told to all comes later, and nothing about notices came to the other before it.
    await signal(db(), { kind: 'meeting-changed', meetingId: meeting.id, what: 'threads' })
    await other.client.frame(isAbout('threads'))
    expect(other.client.received.some(isAbout(noticesTopic))).toBe(false)
    await server.close()
  })
})
