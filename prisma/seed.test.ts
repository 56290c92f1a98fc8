import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { db } from '@/lib/db.ts'
import { loadActor } from '@/lib/identity/store.ts'
import { seedPeople } from './demo/people.ts'
import { demoStart, seedDemo } from './seed.ts'
import { type TestDatabase, testDatabase } from './testing/database.ts'
import { createBody } from './testing/factories.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.close())

it.each([
  ['2026-11-23T12:00:00Z', '2026-12-11T08:30:00.000Z'],
  ['2026-12-01T12:00:00Z', '2026-12-18T08:30:00.000Z'],
  ['2027-06-01T12:00:00Z', '2027-06-18T07:30:00.000Z'],
])('at %s the demo meeting is on %s, a Friday at half past nine in Denmark', (now, start) => {
  expect(demoStart(new Date(now)).toISOString()).toBe(start)
})

it('goes on where a start was cut short between the people and the meeting', async () => {
  await seedPeople(db())
  await seedDemo()
  expect([await db().body.count(), await db().meeting.count()]).toEqual([1, 1])
})

it('leaves an installation with a body of its own alone', async () => {
  const body = await createBody()
  await seedDemo()
  expect(await db().body.findMany({ select: { id: true } })).toEqual([{ id: body.id }])
  expect(await db().user.count()).toBe(0)
})

it('loads the demo body and its agenda once, whole, with all items but the last sent to review', async () => {
  const now = new Date('2026-11-23T12:00:00Z')
  await seedDemo(now)
  await seedDemo(now)
  expect(await db().body.count()).toBe(1)
  const meeting = await db().meeting.findFirstOrThrow()
  const secretary = await db().user.findFirstOrThrow({ where: { initials: 'jhp' } })
  const agenda = await loadAgenda(await loadActor(db(), secretary.id, new Date()), meeting.id)
  const items = agenda.sections.flatMap((section) => section.items)
  expect(agenda.sections.length).toBe(7)
  expect(agenda.sections.filter((section) => section.items.length === 0).length).toBe(1)
  expect(items.length).toBeGreaterThanOrEqual(8)
  expect(items.map((item) => item.submittedAt !== null)).toEqual(items.map((_, at) => at < items.length - 1))
  expect(items.some((item) => item.annexes.length > 1)).toBe(true)
  expect(agenda.meeting.startsAt).toBe('2026-12-11T08:30:00.000Z')
})
