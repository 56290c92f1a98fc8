import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { db } from '@/lib/db.ts'
import { roles } from '@/lib/identity/rules.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda, createBody } from '@/prisma/testing/factories.ts'
import { importAgenda, proveAgenda } from './service.ts'

const demo = readFileSync(new URL('../../prisma/demo/agenda.txt', import.meta.url))
const place = { startsAt: new Date('2026-12-11T08:30:00Z'), place: 'Viborg' }

await eachStore('importing', () => {
  it.each(roles.filter((role) => role !== 'secretariat'))('is not for the role %s', async (role) => {
    const { id: bodyId } = await createBody()
    const actor = await createActor({ bodyId, role })
    expect(() => proveAgenda(actor, demo)).toThrow('forbidden')
    await expect(importAgenda(actor, demo, { bodyId, ...place })).rejects.toThrow('forbidden')
    expect(await db().meeting.count({ where: { bodyId } })).toBe(0)
  })

  it('is for one’s own body only', async () => {
    const [own, other] = [await createBody(), await createAgenda()]
    const secretary = await createActor({ bodyId: own.id, role: 'secretariat' })
    const body = { bodyId: other.body.id, ...place }
    await expect(importAgenda(secretary, demo, body)).rejects.toThrow('forbidden')
    const meeting = { meetingId: other.meeting.id }
    await expect(importAgenda(secretary, demo, meeting)).rejects.toThrow('not-found')
    expect(await db().meeting.count({ where: { bodyId: other.body.id } })).toBe(1)
  })

  it('creates what the proof showed, at the end of a meeting that is being prepared, and leaves an audit row', async () => {
    const { body, meeting } = await createAgenda()
    const secretary = await createActor({ bodyId: body.id, role: 'secretariat' })
    const { agenda } = proveAgenda(secretary, demo)
    await importAgenda(secretary, demo, { meetingId: meeting.id })
    const { sections } = await loadAgenda(secretary, meeting.id)
    const imported = sections.slice(1).map(({ title, items }) => [title, items.map((item) => item.title)])
    expect(imported).toEqual(
      agenda.sections.map(({ title, items }) => [title, items.map((item) => item.title)]),
    )
    const { lines, placed } = agenda.account
    const audited = await db().auditEvent.findFirst({ where: { subjectId: meeting.id } })
    expect(audited).toMatchObject({ act: 'agenda-imported', data: { lines, placed } })
  })

  it('leaves a row for the meeting it creates as well', async () => {
    const { id: bodyId } = await createBody()
    const secretary = await createActor({ bodyId, role: 'secretariat' })
    const { meetingId } = await importAgenda(secretary, demo, { bodyId, ...place })
    const rows = await db().auditEvent.findMany({
      where: { subjectId: meetingId },
      orderBy: { seq: 'asc' },
    })
    expect(rows.map(({ act, userId }) => [act, userId])).toEqual([
      ['meeting-created', secretary.userId],
      ['agenda-imported', secretary.userId],
    ])
  })

  it('creates nothing in a meeting that was dispatched', async () => {
    const { body, meeting } = await createAgenda()
    const secretary = await createActor({ bodyId: body.id, role: 'secretariat' })
    await db().meeting.update({ where: { id: meeting.id }, data: { state: 'dispatched' } })
    await expect(importAgenda(secretary, demo, { meetingId: meeting.id })).rejects.toThrow('agenda-frozen')
    expect(await db().section.count({ where: { meetingId: meeting.id } })).toBe(1)
  })
})
