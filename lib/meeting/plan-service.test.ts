import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { db } from '@/lib/db.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import {
  createActor,
  createAgenda,
  createBody,
  createItem,
  createMeeting,
} from '@/prisma/testing/factories.ts'
import { listMeetings, loadTemplate, planMeeting, plannableBodies, saveTemplate } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const when = { startsAt: '2019-09-13T09:30', place: 'Viborg', minutesSentOn: null }

async function office() {
  const body = await createBody({ name: 'Prøverådet' })
  const secretary = await createActor({ bodyId: body.id, role: 'secretariat', initials: 'jhp' })
  return { body, secretary }
}

describe('planMeeting', () => {
  it('writes the template out, the minutes of the meeting before first', async () => {
    const { body, secretary } = await office()
    const previous = await createMeeting({ bodyId: body.id, startsAt: new Date('2019-06-19T07:30:00Z') })
    await createMeeting({ bodyId: body.id, startsAt: new Date('2019-11-08T07:30:00Z') })
    const { meetingId } = await planMeeting(secretary, {
      ...when,
      bodyId: body.id,
      minutesSentOn: '2019-06-24',
    })
    const agenda = await loadAgenda(secretary, meetingId)
    expect(agenda.meeting.startsAt).toBe('2019-09-13T07:30:00.000Z')
    expect(agenda.sections.map(({ title }) => title)).toEqual([
      'Godkendelse af referat',
      'Siden sidst',
      'Sager til behandling',
      'Udpegninger',
      'Punkter til næste møde',
      'Eventuelt',
    ])
    const [minutes] = agenda.sections[0]?.items ?? []
    expect(minutes?.title).toBe('Godkendelse af referat fra møde i Prøverådet den 19. juni 2019')
    expect(JSON.stringify(minutes?.content?.fields.background)).toContain('24. juni 2019')
    expect(minutes?.content?.caseworkers).toEqual(['jhp'])
    const kept = await db().meeting.findUniqueOrThrow({ where: { id: previous.id } })
    expect(kept.minutesSentOn).toEqual(new Date('2019-06-24'))
    const acts = await db().auditEvent.findMany({ where: { bodyId: body.id }, orderBy: { seq: 'asc' } })
    expect(acts.map(({ act }) => act)).toEqual(['minutes-sent-noted', 'meeting-created'])
  })

  it('leaves out the minutes of a meeting that never was, and leaves a blank where a day is not known', async () => {
    const { body, secretary } = await office()
    const first = await planMeeting(secretary, { ...when, bodyId: body.id })
    expect((await loadAgenda(secretary, first.meetingId)).sections[0]?.items).toEqual([])
    const next = await planMeeting(secretary, { ...when, startsAt: '2019-11-08T09:30', bodyId: body.id })
    const [minutes] = (await loadAgenda(secretary, next.meetingId)).sections[0]?.items ?? []
    expect(JSON.stringify(minutes?.content)).toContain('[dagen referatet blev sendt]')
    expect(minutes?.title).toContain('13. september 2019')
  })

  it.each(['chair', 'member', 'substitute', 'observer', 'administrator'] as const)(
    'is not for a %s',
    async (role) => {
      const body = await createBody()
      const actor = await createActor({ bodyId: body.id, role })
      await expect(planMeeting(actor, { ...when, bodyId: body.id })).rejects.toThrow('forbidden')
      expect(await db().meeting.count({ where: { bodyId: body.id } })).toBe(0)
      expect(await plannableBodies(actor)).toEqual([])
    },
  )

  it('tells nobody of a body that is not theirs, and takes no time that is none', async () => {
    const { secretary, body } = await office()
    const other = await createBody()
    await expect(planMeeting(secretary, { ...when, bodyId: other.id })).rejects.toThrow('not-found')
    await expect(planMeeting(secretary, { ...when, startsAt: 'i morgen', bodyId: body.id })).rejects.toThrow(
      'invalid-input',
    )
  })
})

describe('saveTemplate', () => {
  it('is what the next meeting begins with, and of two who save at once the later one is told', async () => {
    const { body, secretary } = await office()
    const { template, revision } = await loadTemplate(secretary, body.id)
    expect(revision).toBe(0)
    const shorter = { sections: template.sections.slice(-1) }
    expect(await saveTemplate(secretary, { bodyId: body.id, revision, template: shorter })).toEqual({
      revision: 1,
    })
    await expect(saveTemplate(secretary, { bodyId: body.id, revision, template })).rejects.toThrow(
      'stale-content',
    )
    expect(await saveTemplate(secretary, { bodyId: body.id, revision: 1, template: shorter })).toEqual({
      revision: 2,
    })
    await expect(saveTemplate(secretary, { bodyId: body.id, revision: 1, template })).rejects.toThrow(
      'stale-content',
    )
    const { meetingId } = await planMeeting(secretary, { ...when, bodyId: body.id })
    expect((await loadAgenda(secretary, meetingId)).sections.map(({ title }) => title)).toEqual(['Eventuelt'])
  })

  it.each([
    ['secretariat', 'saves'],
    ['administrator', 'saves'],
    ['chair', 'forbidden'],
    ['member', 'forbidden'],
  ] as const)('%s: %s', async (role, outcome) => {
    const body = await createBody()
    const actor = await createActor({ bodyId: body.id, role })
    const loading = loadTemplate(actor, body.id)
    if (outcome === 'saves') expect((await loading).revision).toBe(0)
    else await expect(loading).rejects.toThrow(outcome)
  })
})

describe('listMeetings', () => {
  it('counts the items that are not deleted, nor their section', async () => {
    const { body, meeting, section } = await createAgenda({ submittedAt: new Date() })
    const secretary = await createActor({ bodyId: body.id, role: 'secretariat' })
    const gone = await createItem({ meetingId: meeting.id, sectionId: section.id })
    await db().item.update({ where: { id: gone.id }, data: { deletedAt: new Date() } })
    const empty = await createMeeting({ bodyId: body.id, startsAt: new Date('2019-08-01T07:30:00Z') })
    const [listed] = await listMeetings(secretary)
    expect(listed?.past.map(({ id, items, submitted }) => ({ id, items, submitted }))).toEqual([
      { id: meeting.id, items: 1, submitted: true },
      { id: empty.id, items: 0, submitted: false },
    ])
    expect(listed?.past[0]?.startsAt).toBe('2019-09-13T07:30:00.000Z')
    await db().section.update({ where: { id: section.id }, data: { deletedAt: new Date() } })
    expect((await listMeetings(secretary))[0]?.past[0]?.items).toBe(0)
  })

  it.each([
    ['secretariat', true, { items: 4, readable: 4, drafts: 1 }],
    ['chair', true, { items: 4, readable: 4, drafts: 1 }],
    ['member', true, { items: 4, readable: 3, drafts: 1 }],
    ['member', false, { items: 4, readable: 2, drafts: 1 }],
    ['observer', true, { items: 4, readable: 2, drafts: 1 }],
  ] as const)('counts what a %s who reads closed items: %s may read', async (role, readsClosed, expected) => {
    const submittedAt = new Date()
    const { body, meeting, section } = await createAgenda({ submittedAt })
    const place = { meetingId: meeting.id, sectionId: section.id }
    await createItem({ ...place, submittedAt })
    await createItem(place)
    await createItem({ ...place, submittedAt, visibility: 'closed', publicTitle: 'Personsag' })
    const actor = await createActor({ bodyId: body.id, role, readsClosed })
    expect((await listMeetings(actor))[0]?.past[0]).toMatchObject(expected)
  })
})
