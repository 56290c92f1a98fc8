import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import type { Scope } from './schema.ts'
import { ask, reply, startThread } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let agenda: Awaited<ReturnType<typeof createAgenda>>
let people: Record<'secretary' | 'blue' | 'blueToo' | 'red', Actor>
beforeEach(async () => {
  agenda = await createAgenda({ submittedAt: new Date() })
  const bodyId = agenda.body.id
  people = {
    secretary: await createActor({ bodyId, role: 'secretariat' }),
    blue: await createActor({ bodyId, role: 'member', politicalGroup: 'V', readsClosed: false }),
    blueToo: await createActor({ bodyId, role: 'member', politicalGroup: 'V' }),
    red: await createActor({ bodyId, role: 'member', politicalGroup: 'A' }),
  }
})
async function start(actor: Actor, scope: Scope = 'body') {
  const input = { itemId: agenda.item.id, scope, text: 'Kanariefugl?', selection: null }
  return (await startThread(actor, input)).threadId
}
async function told(actor: Actor) {
  const rows = await db().notice.findMany({ where: { userId: actor.userId }, orderBy: { createdAt: 'asc' } })
  expect(JSON.stringify(rows)).not.toContain('Kanariefugl')
  return rows.map(({ kind }) => kind)
}
const answer = (actor: Actor, threadId: string) => reply(actor, { threadId, text: 'Kanariefugl.' })

describe('an answer', () => {
  it('is told to who took part before, not to who wrote it nor to others', async () => {
    const threadId = await start(people.blue)
    await answer(people.red, threadId)
    expect(await told(people.blue)).toEqual(['comment-answered'])
    await answer(people.secretary, threadId)
    expect(await told(people.blue)).toEqual(['comment-answered', 'comment-answered'])
    expect(await told(people.red)).toEqual(['comment-answered'])
    expect(await told(people.secretary)).toEqual([])
    expect(await told(people.blueToo)).toEqual([])
  })

  it('is told once, when it is sent again over a bad line', async () => {
    const threadId = await start(people.blue)
    const requestId = '01a21928-6755-752a-a734-2853e11a1576'
    await reply(people.red, { threadId, text: 'Ja.', requestId })
    await reply(people.red, { threadId, text: 'Ja.', requestId })
    expect(await told(people.blue)).toEqual(['comment-answered'])
  })

  it('is not told to who left the group, the body, or may no longer read the item', async () => {
    const threadId = await start(people.blue, 'group')
    await answer(people.blueToo, threadId)
    await db().membership.updateMany({
      where: { userId: people.blueToo.userId },
      data: { politicalGroup: 'A' },
    })
    await answer(people.blue, threadId)
    expect(await told(people.blueToo)).toEqual([])

    const open = await start(people.blue)
    await answer(people.red, open)
    await db().membership.updateMany({
      where: { userId: people.red.userId },
      data: { termTo: new Date('2020-01-01') },
    })
    await answer(people.blue, open)
    expect(await told(people.red)).toEqual([])

    const before = await told(people.blue)
    await db().item.update({ where: { id: agenda.item.id }, data: { visibility: 'closed' } })
    await answer(people.secretary, open)
    expect(await told(people.blue)).toEqual(before)
  })

  it('to a question is told to who asked as such', async () => {
    const input = { itemId: agenda.item.id, text: 'Kanariefugl?', selection: null }
    const { threadId } = await ask(people.blue, input)
    await answer(people.secretary, threadId)
    expect(await told(people.blue)).toEqual(['question-answered'])
  })
})
