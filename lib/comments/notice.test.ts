import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { assign, editComment } from './change-service.ts'
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
    secretary: await createActor({ bodyId, role: 'secretariat', name: 'Sekretær', initials: 'jhp' }),
    blue: await createActor({
      bodyId,
      role: 'member',
      politicalGroup: 'V',
      readsClosed: false,
      name: 'Bo Blå',
      initials: 'bb',
    }),
    blueToo: await createActor({
      bodyId,
      role: 'member',
      politicalGroup: 'V',
      name: 'Else Blå',
      initials: 'eb',
    }),
    red: await createActor({ bodyId, role: 'member', politicalGroup: 'A', name: 'Rie Rød', initials: 'rr' }),
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

describe('a mention', () => {
  const say = (actor: Actor, text: string, scope: Scope = 'body') =>
    startThread(actor, { itemId: agenda.item.id, scope, text, selection: null })

  it('is told to who is mentioned, in a first comment and in an answer', async () => {
    const { threadId } = await say(people.blue, `Kanariefugl, @${people.red.initials}?`)
    expect(await told(people.red)).toEqual(['mentioned'])
    await reply(people.red, { threadId, text: `Spørg @${people.blueToo.name}.` })
    expect(await told(people.blueToo)).toEqual(['mentioned'])
    expect(await told(people.blue)).toEqual(['comment-answered'])
  })

  it('in an answer to who took part is one notice, of the mention', async () => {
    const { threadId } = await say(people.blue, 'Kanariefugl?')
    await reply(people.red, { threadId, text: `@${people.blue.initials} ja.` })
    expect(await told(people.blue)).toEqual(['mentioned'])
  })

  it('is told to nobody who may not read the thread or the item', async () => {
    await say(people.blue, `@${people.red.initials} @${people.secretary.initials}`, 'group')
    await say(people.blue, `@${people.red.initials}`, 'private')
    expect(await told(people.red)).toEqual([])
    expect(await told(people.secretary)).toEqual([])
    await db().item.update({ where: { id: agenda.item.id }, data: { visibility: 'closed' } })
    await say(people.red, `@${people.blue.initials}`)
    expect(await told(people.blue)).toEqual([])
  })

  it('that comes with an edit is told, and what was told before is not told again', async () => {
    const { threadId } = await say(people.blue, `@${people.red.initials}`)
    const [first] = await db().comment.findMany({ where: { threadId } })
    const text = `@${people.red.initials} @${people.blueToo.initials}`
    await editComment(people.blue, { commentId: first?.id ?? '', text })
    expect(await told(people.red)).toEqual(['mentioned'])
    expect(await told(people.blueToo)).toEqual(['mentioned'])
  })
})

describe('a question', () => {
  it('is told to the secretariat, and to nobody else', async () => {
    await ask(people.blue, { itemId: agenda.item.id, text: 'Kanariefugl?', selection: null })
    expect(await told(people.secretary)).toEqual(['question-asked'])
    expect(await told(people.red)).toEqual([])
  })
})

describe('a thread that is given to somebody', () => {
  it('is told to them each time, and not to who takes it', async () => {
    const bodyId = agenda.body.id
    const colleague = await createActor({ bodyId, role: 'secretariat' })
    const threadId = await start(people.blue)
    for (const userId of [colleague.userId, people.secretary.userId, colleague.userId])
      await assign(people.secretary, { threadId, userId })
    expect(await told(colleague)).toEqual(['thread-assigned', 'thread-assigned'])
    expect(await told(people.secretary)).toEqual([])
  })
})
