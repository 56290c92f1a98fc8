import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { db, transaction } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { setTestEnv } from '@/lib/identity/testing/env.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda, createItem, createSection } from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import type { NewNotice } from './schema.ts'
import { choosePace, listNotices, loadMailSettings, markRead, notify } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let now: Date
const clock = () => now

let agenda: Awaited<ReturnType<typeof createAgenda>>
let secretary: Actor
let chair: Actor
beforeEach(async () => {
  now = new Date('2026-11-26T10:00:00Z')
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

describe('the list', () => {
  it('shows the newest first, numbered as the agenda is, and counts what is unread', async () => {
    const { meeting, section } = agenda
    const place = { meetingId: meeting.id, sectionId: section.id }
    const second = await createItem({ ...place, position: 1, submittedAt: now, content: { title: 'Nr. to' } })
    const other = await createSection({ meetingId: meeting.id, position: 1 })
    const third = await createItem({ ...place, sectionId: other.id, submittedAt: now })
    await tell(returned())
    now = new Date(now.getTime() + 1000)
    await tell(
      returned({ itemId: second.id, subjectId: 't2' }),
      returned({ itemId: third.id, subjectId: 't3' }),
    )
    const { notices, unread } = await listNotices(secretary)
    expect(unread).toBe(3)
    expect(notices.map(({ number }) => number).sort()).toEqual(['1.1', '1.2', '2.1'])
    expect(notices.at(-1)?.number).toBe('1.1')
    const { sections } = await loadAgenda(secretary, meeting.id)
    for (const item of sections.flatMap(({ items }) => items))
      expect(notices.find(({ path }) => path.endsWith(item.id))?.number).toBe(item.number)
  })

  it('keeps the numbers an agenda was sent under', async () => {
    const { meeting, section, item } = agenda
    await db().meeting.update({ where: { id: meeting.id }, data: { lastSection: 4 } })
    const late = await createItem({ meetingId: meeting.id, sectionId: section.id, position: 1 })
    const added = await createSection({ meetingId: meeting.id, position: 1 })
    const later = await createItem({ meetingId: meeting.id, sectionId: added.id })
    await db().section.update({ where: { id: section.id }, data: { frozenNumber: '3', lastItem: 2 } })
    await db().item.update({ where: { id: item.id }, data: { frozenNumber: '3.2' } })
    for (const itemId of [item.id, late.id, later.id]) await tell(returned({ itemId, subjectId: itemId }))
    const { notices } = await listNotices(secretary)
    expect(notices.map(({ number }) => number).sort()).toEqual(['3.2', '3.3', '5.1'])
  })

  it('shows nothing of a body one has left, and to nobody else’s', async () => {
    await tell(returned())
    expect(await listNotices({ ...secretary, memberships: [] })).toEqual({ notices: [], unread: 0 })
    expect(await listNotices(chair)).toEqual({ notices: [], unread: 0 })
  })

  it('marks one’s own as read, and nobody else’s', async () => {
    await tell(returned(), returned({ subjectId: 't2' }))
    const { notices } = await listNotices(secretary)
    const ids = notices.map(({ id }) => id)
    await markRead(chair, { ids })
    expect((await listNotices(secretary)).unread).toBe(2)
    expect(await signalsOf(() => markRead(secretary, { ids: ids.slice(0, 1) }))).toEqual([
      { kind: 'notices-changed', userId: secretary.userId },
    ])
    await markRead(secretary, { upTo: new Date(now.getTime() - 1) })
    expect((await listNotices(secretary)).unread).toBe(1)
    await markRead(secretary, { upTo: now })
    expect((await listNotices(secretary)).unread).toBe(0)
    expect(await signalsOf(() => markRead(secretary, { upTo: now }))).toEqual([])
  })
})

describe('choosing when mail comes', () => {
  const mails = () => db().mail.findMany({ where: { userId: secretary.userId } })
  const answered = () => returned({ kind: 'comment-answered', subjectId: 'c1' })
  beforeEach(() => setTestEnv())

  it('moves what waits, and takes it back when none is wanted', async () => {
    await tell(answered())
    await choosePace(secretary, { pace: 'daily' }, clock)
    expect(await mails()).toMatchObject([{ dueAt: new Date('2026-11-27T06:00:00Z') }])
    await choosePace(secretary, { pace: 'atOnce' }, clock)
    expect(await mails()).toMatchObject([{ dueAt: new Date(now.getTime() + 120_000) }])
    await choosePace(secretary, { pace: 'none' }, clock)
    expect(await mails()).toEqual([])
    expect(await listNotices(secretary)).toMatchObject({ unread: 1 })
    expect(await loadMailSettings(secretary)).toMatchObject({ pace: 'none', isMailOn: false })
    const audited = await db().auditEvent.findMany({ where: { userId: secretary.userId } })
    expect(audited.map(({ data }) => data)).toEqual([{ pace: 'daily' }, { pace: 'atOnce' }, { pace: 'none' }])
  })

  it('leaves alone what is urgent', async () => {
    await tell(returned())
    await choosePace(secretary, { pace: 'daily' }, clock)
    expect(await mails()).toMatchObject([{ dueAt: now }])
  })
})
