import { afterAll, beforeAll, expect, it } from 'vitest'
import { addItem } from '@/lib/agenda/arrange-service.ts'
import { appendPoint, readState } from '@/lib/agenda/doc.ts'
import { append } from '@/lib/agenda/doc-store.ts'
import { exactItem, loadAgenda } from '@/lib/agenda/service.ts'
import { db, transaction } from '@/lib/db.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createBody } from '@/prisma/testing/factories.ts'
import { announce, loadPlan, planMeeting } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function twoMeetings() {
  const body = await createBody({ name: 'Prøverådet' })
  const secretary = await createActor({ bodyId: body.id, role: 'secretariat' })
  const plan = (startsAt: string) =>
    planMeeting(secretary, { bodyId: body.id, startsAt, place: 'Viborg', minutesSentOn: null })
  const first = (await plan('2026-09-11T09:30')).meetingId
  const second = (await plan('2026-11-13T09:30')).meetingId
  return { body, secretary, first, second }
}

it('is one list, seen and added to from both meetings', async () => {
  const { secretary, first, second } = await twoMeetings()
  await announce(secretary, { meetingId: first, point: 'Tema: Klima' })
  await announce(secretary, { meetingId: first, point: 'Budget' })
  const here = await loadPlan(secretary, first)
  const there = await loadPlan(secretary, second)
  expect(here.fromPrevious).toBeNull()
  expect(here.toNext).toEqual(there.fromPrevious)
  expect(here.toNext.points.map(({ text, itemId }) => [text, itemId])).toEqual([
    ['Tema: Klima', null],
    ['Budget', null],
  ])
  const section = there.fromPrevious?.sections.find(({ title }) => title === 'Sager til behandling')
  const { id } = await addItem(secretary, { sectionId: section?.id ?? '', title: 'Tema: Klima', at: 500 })
  await addItem(secretary, { sectionId: section?.id ?? '', title: 'Ny sag', at: 500 })
  const after = (await loadPlan(secretary, first)).toNext
  expect(after.points[0]).toEqual({ text: 'Tema: Klima', itemId: id, number: '3.1' })
  expect(after.unannounced.map(({ title }) => title)).toEqual(['Ny sag'])
  expect(here.departures).toEqual([])
})

it('writes into the text without taking anything from who writes in it, and lapses what was approved', async () => {
  const { secretary, first } = await twoMeetings()
  const { itemId } = (await loadPlan(secretary, first)).toNext
  if (!itemId) throw new Error('no list')
  const before = await transaction((tx) => exactItem(tx, itemId))
  const own = appendPoint(before.state, { field: 'presentation', point: 'Skrevet samtidig' })
  await announce(secretary, { meetingId: first, point: 'Tilføjet' })
  const { documentId } = await db().documentUpdate.findFirstOrThrow({ where: { document: { itemId } } })
  await transaction((tx) =>
    append(tx, [{ itemId, generation: 1, documentId, data: own, userId: secretary.userId }]),
  )
  const now = await transaction((tx) => exactItem(tx, itemId))
  const text = JSON.stringify(readState(now.state).fields.presentation)
  expect(text).toContain('Skrevet samtidig')
  expect(text).toContain('Tilføjet')
  expect(now.contentHash).not.toBe(before.contentHash)
  const [audited] = await db().auditEvent.findMany({ where: { act: 'planned-added', subjectId: itemId } })
  expect(audited?.data).toEqual({})
})

it('stands as it was sent, and takes nothing more', async () => {
  const { secretary, first, second } = await twoMeetings()
  await announce(secretary, { meetingId: first, point: 'Tema: Klima' })
  await db().meeting.update({ where: { id: first }, data: { state: 'dispatched', editionCount: 1 } })
  await expect(announce(secretary, { meetingId: first, point: 'For sent' })).rejects.toThrow('agenda-frozen')
  const { fromPrevious } = await loadPlan(secretary, second)
  expect(fromPrevious).toMatchObject({ frozen: true, mayAdd: false })
  expect(fromPrevious?.points.map(({ text }) => text)).toEqual(['Tema: Klima'])
})

it('is for those who work on the agenda, and added to by who may write in it', async () => {
  const { body, secretary, first } = await twoMeetings()
  for (const [role, reading, adding] of [
    ['chair', null, 'forbidden'],
    ['member', 'forbidden', 'forbidden'],
    ['substitute', 'forbidden', 'forbidden'],
    ['observer', 'forbidden', 'forbidden'],
    ['administrator', 'not-found', 'not-found'],
  ] as const) {
    const actor = await createActor({ bodyId: body.id, role })
    const loading = loadPlan(actor, first)
    if (reading) await expect(loading, role).rejects.toThrow(reading)
    else expect((await loading).toNext, role).toMatchObject({ mayAdd: false, sections: [] })
    await expect(announce(actor, { meetingId: first, point: 'Budget' }), role).rejects.toThrow(adding)
  }
  expect((await loadPlan(secretary, first)).toNext.points).toEqual([])
})

it('says how the agenda departs from the template', async () => {
  const { secretary, first } = await twoMeetings()
  const agenda = await loadAgenda(secretary, first)
  const [section] = agenda.sections.slice(-1)
  await db().section.update({ where: { id: section?.id ?? '' }, data: { deletedAt: new Date() } })
  expect((await loadPlan(secretary, first)).departures).toEqual([
    { kind: 'section-missing', title: 'Eventuelt' },
  ])
})
