import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, transaction } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import type { NewNotice } from './schema.ts'
import { notify } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const now = new Date('2026-11-26T10:00:00Z')
const clock = () => now

let agenda: Awaited<ReturnType<typeof createAgenda>>
let secretary: Actor
let chair: Actor
beforeEach(async () => {
  agenda = await createAgenda({ submittedAt: now })
  secretary = await createActor({ bodyId: agenda.body.id, role: 'secretariat' })
  chair = await createActor({ bodyId: agenda.body.id, role: 'chair', position: 'chair' })
})

function returned(changes: Partial<NewNotice> = {}): NewNotice {
  return {
    userId: secretary.userId,
    bodyId: agenda.body.id,
    kind: 'item-returned',
    meetingId: agenda.meeting.id,
    itemId: agenda.item.id,
    subjectId: 'thread-1',
    actorId: chair.userId,
    ...changes,
  }
}
const tell = (...notices: NewNotice[]) => transaction((tx) => notify(tx, notices, clock))
const noticesOf = (userId: string) => db().notice.findMany({ where: { userId }, include: { mail: true } })

describe('telling people', () => {
  it('keeps a notice and its mail, and says that there is news', async () => {
    const signals = await signalsOf(() => tell(returned()))
    expect(await noticesOf(secretary.userId)).toMatchObject([
      { kind: 'item-returned', readAt: null, mail: { urgent: true, state: 'waiting', dueAt: now } },
    ])
    expect(signals).toEqual([{ kind: 'notices-changed', userId: secretary.userId }])
  })

  it('tells nobody of their own act, and nobody twice', async () => {
    await tell(returned(), returned(), returned({ userId: chair.userId }))
    expect(await signalsOf(() => tell(returned()))).toEqual([])
    expect(await noticesOf(secretary.userId)).toHaveLength(1)
    expect(await noticesOf(chair.userId)).toEqual([])
    expect(await db().mail.count({ where: { userId: secretary.userId } })).toBe(1)
  })

  it('writes nothing when the act is rolled back', async () => {
    const act = transaction(async (tx) => {
      await notify(tx, [returned()])
      throw new Error('stop')
    })
    await expect(act).rejects.toThrow('stop')
    expect(await noticesOf(secretary.userId)).toEqual([])
    expect(await db().mail.count({ where: { userId: secretary.userId } })).toBe(0)
  })

  it('writes no mail to who wants none', async () => {
    await db().user.update({ where: { id: secretary.userId }, data: { mailPace: 'none' } })
    await tell(returned())
    expect(await noticesOf(secretary.userId)).toMatchObject([{ mail: null }])
    expect(await db().mail.count({ where: { userId: secretary.userId } })).toBe(0)
  })
})
