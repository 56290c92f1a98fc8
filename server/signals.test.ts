import { afterEach, expect, test } from 'vitest'
import { db } from '@/lib/db.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { meetingTopics, messageTypes } from '@/lib/sync/messages.ts'
import { onPostgres } from '@/prisma/testing/each-store.ts'
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
