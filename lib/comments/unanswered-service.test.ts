import { afterAll, beforeAll, expect, it } from 'vitest'
import { db } from '@/lib/db.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { countUnanswered } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

it('counts open threads that may be read and whose last word is somebody else’s', async () => {
  const { body, meeting, item } = await createAgenda({ submittedAt: new Date() })
  const me = await createActor({ bodyId: body.id, role: 'secretariat' })
  const other = await createActor({ bodyId: body.id, role: 'member', politicalGroup: 'SF' })
  type Given = { scope?: 'body' | 'leadership' | 'group' | 'private'; resolvedAt?: Date; by?: string[] }
  const thread = ({ by = [other.userId], ...data }: Given = {}) =>
    db().thread.create({
      data: {
        itemId: item.id,
        generation: 1,
        contentHash: item.contentHash,
        createdById: other.userId,
        ...(data.scope === 'group' && { group: 'SF' }),
        ...data,
        comments: {
          create: by.map((userId, at) => ({ userId, text: 'Ord', createdAt: new Date(2026, 0, 1, at) })),
        },
      },
    })
  await thread()
  await thread({ scope: 'leadership' })
  await thread({ by: [me.userId, other.userId] })
  await thread({ by: [other.userId, me.userId] })
  await thread({ resolvedAt: new Date() })
  await thread({ scope: 'private' })
  await thread({ scope: 'group' })
  expect(await countUnanswered(me, [meeting.id])).toEqual(new Map([[meeting.id, 3]]))
  await db().body.update({ where: { id: body.id }, data: { groupsAreOpen: true } })
  expect(await countUnanswered(me, [meeting.id])).toEqual(new Map([[meeting.id, 4]]))
  const stranger = await createActor({ bodyId: (await createAgenda()).body.id, role: 'secretariat' })
  expect(await countUnanswered(stranger, [meeting.id])).toEqual(new Map())
  await db().item.update({ where: { id: item.id }, data: { deletedAt: new Date() } })
  expect(await countUnanswered(me, [meeting.id])).toEqual(new Map())
})
