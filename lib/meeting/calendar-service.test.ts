import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db.ts'
import { readProcessEnv, setEnv } from '@/lib/env.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda, createBody, createMeeting } from '@/prisma/testing/factories.ts'
import { closeCalendar, loadCalendar, openCalendar, readCalendar } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  const answer = readProcessEnv()
  if (!answer.ok) throw new Error(answer.sentence)
  setEnv({ ...answer.env, publicUrl: 'https://dagsorden.example', authSecret: 'x'.repeat(40) })
  database = await testDatabase()
})
afterAll(() => database.close())

const now = new Date('2019-09-01T10:00:00Z')
const tokenOf = (address: string) => /\/api\/kalender\/(.+)\.ics$/.exec(address)?.[1] ?? ''

async function feedOf(role: Parameters<typeof createActor>[0]['role'], bodyId: string) {
  const actor = await createActor({ bodyId, role })
  const token = tokenOf((await openCalendar(actor, now)).address)
  return { actor, token }
}

describe('a calendar', () => {
  it.each([
    ['secretariat', ['Møde', 'Dagsorden', 'Materiale']],
    ['chair', ['Møde', 'Dagsorden', 'Materiale']],
    ['member', ['Møde']],
    ['substitute', ['Møde']],
    ['observer', ['Møde']],
    ['administrator', []],
  ] as const)('shows a %s %o', async (role, expected) => {
    const { body } = await createAgenda({
      content: { title: 'Hemmelig sag' },
      visibility: 'closed',
      publicTitle: 'Personsag',
    })
    await createAgenda()
    const { token } = await feedOf(role, body.id)
    const text = await readCalendar(token, now)
    const summaries = [...text.matchAll(/SUMMARY:(\S+)/g)].map(([, word]) => word)
    expect(summaries).toEqual(expected)
    expect(text).not.toMatch(/Hemmelig|Personsag/)
  })

  it('is not known before it is made, nor by another address, nor once it is closed', async () => {
    const body = await createBody()
    const { actor, token } = await feedOf('member', body.id)
    await expect(readCalendar('x', now)).rejects.toThrow('not-found')
    const next = tokenOf((await openCalendar(actor, now)).address)
    expect(next).not.toBe(token)
    await expect(readCalendar(token, now)).rejects.toThrow('not-found')
    expect(await readCalendar(next, now)).toContain('BEGIN:VCALENDAR')
    expect(await loadCalendar(actor)).toEqual({ since: now.toISOString() })
    await closeCalendar(actor)
    await closeCalendar(actor)
    await expect(readCalendar(next, now)).rejects.toThrow('not-found')
    expect(await loadCalendar(actor)).toEqual({ since: null })
    const acts = await db().auditEvent.findMany({ where: { userId: actor.userId }, orderBy: { seq: 'asc' } })
    expect(acts.map(({ act }) => act)).toEqual(['calendar-opened', 'calendar-opened', 'calendar-closed'])
    expect(JSON.stringify(acts.map(({ data }) => data))).not.toContain(next)
  })

  it('keeps no token, and leaves out what was held more than a year ago', async () => {
    const body = await createBody()
    await createMeeting({ bodyId: body.id, startsAt: new Date('2018-08-01T07:30:00Z') })
    const { token } = await feedOf('member', body.id)
    const rows = await db().calendarFeed.findMany()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(await readCalendar(token, now)).not.toContain('BEGIN:VEVENT')
  })

  it('shows no meeting of a body its owner has left', async () => {
    const { body } = await createAgenda()
    const { actor, token } = await feedOf('member', body.id)
    expect(await readCalendar(token, now)).toContain('BEGIN:VEVENT')
    await db().membership.updateMany({
      where: { userId: actor.userId },
      data: { termTo: new Date('2019-08-31') },
    })
    expect(await readCalendar(token, now)).not.toContain('BEGIN:VEVENT')
  })
})
