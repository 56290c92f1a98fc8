import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda, createMeeting, createSection } from '@/prisma/testing/factories.ts'
import { loadAgenda } from './service.ts'
import { copyItem, transferItem, transferTargets } from './transfer-service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function scene(item: Parameters<typeof createAgenda>[0] = {}) {
  const agenda = await createAgenda({ content: { title: 'En sag', caseNumber: 'SAG-1' }, ...item })
  const bodyId = agenda.body.id
  const secretary = await createActor({ bodyId, role: 'secretariat' })
  const later = await createMeeting({ bodyId, startsAt: new Date('2019-11-08T08:30:00Z') })
  const section = await createSection({ meetingId: later.id, title: 'Senere' })
  const input = { itemId: agenda.item.id, sectionId: section.id }
  return { ...agenda, bodyId, secretary, later, laterSection: section, input }
}

describe('transferItem', () => {
  it('moves the same item with its threads and versions', async () => {
    const { secretary, meeting, later, item, input, bodyId } = await scene()
    await db().thread.create({
      data: { itemId: item.id, generation: 1, contentHash: item.contentHash, createdById: secretary.userId },
    })
    expect(await transferItem(secretary, input)).toEqual({ meetingId: later.id })
    const [section] = (await loadAgenda(secretary, later.id)).sections
    const [moved] = section?.items ?? []
    expect(moved).toMatchObject({ id: item.id, number: '1.1', contentHash: item.contentHash })
    expect(moved?.origin).toEqual({
      kind: 'moved',
      meetingId: meeting.id,
      startsAt: meeting.startsAt.toISOString(),
      itemId: null,
    })
    expect((await loadAgenda(secretary, meeting.id)).sections[0]?.items).toEqual([])
    expect(await db().thread.count({ where: { itemId: item.id } })).toBe(1)
    const [entry] = await db().auditEvent.findMany({ where: { bodyId } })
    expect(entry).toMatchObject({ act: 'item-transferred', data: { from: meeting.id, to: later.id } })
  })

  it('leaves what was sent where it was sent', async () => {
    const { secretary, item, meeting, input } = await scene()
    const version = await db().version.create({
      data: {
        itemId: item.id,
        reason: 'dispatched',
        contentHash: item.contentHash,
        content: item.content,
        frame: {},
        state: item.state,
        checksum: new Uint8Array(8),
        userId: secretary.userId,
      },
    })
    await db().item.update({ where: { id: item.id }, data: { sentVersionId: version.id, sentGeneration: 1 } })
    await db().meeting.update({
      where: { id: meeting.id },
      data: { state: 'dispatched', editionCount: 1, revision: 'edition' },
    })
    await expect(transferItem(secretary, input)).rejects.toThrow('item-was-sent')
    expect((await copyItem(secretary, input)).itemId).not.toBe(item.id)
  })

  it('takes nothing to the same meeting, to a sent one, or to another body', async () => {
    const { secretary, section, later, input } = await scene()
    await expect(transferItem(secretary, { ...input, sectionId: section.id })).rejects.toThrow(
      'invalid-input',
    )
    const other = await createAgenda()
    await expect(transferItem(secretary, { ...input, sectionId: other.section.id })).rejects.toThrow(
      'not-found',
    )
    await db().meeting.update({ where: { id: later.id }, data: { state: 'dispatched', editionCount: 1 } })
    await expect(transferItem(secretary, input)).rejects.toThrow('agenda-frozen')
    await expect(copyItem(secretary, input)).rejects.toThrow('agenda-frozen')
    expect(await transferTargets(secretary, input)).toEqual([])
  })
})

describe('copyItem', () => {
  it('makes an item of the same words and annexes that knows where it came from', async () => {
    const { secretary, meeting, later, item, input } = await scene()
    const data = new Uint8Array([1, 2, 3])
    await db().annex.create({
      data: {
        itemId: item.id,
        position: 0,
        title: 'Bilag',
        fileName: 'bilag.pdf',
        contentType: 'application/pdf',
        size: 3,
        contentHash: 'x',
        file: { create: { data } },
      },
    })
    await db().annex.create({
      data: { itemId: item.id, position: 1, title: 'Slettet', contentHash: 'y', deletedAt: new Date() },
    })
    const { itemId } = await copyItem(secretary, input)
    const [section] = (await loadAgenda(secretary, later.id)).sections
    const [copy] = section?.items ?? []
    expect(copy).toMatchObject({ id: itemId, title: 'En sag', submittedAt: null })
    expect(copy?.content?.caseNumber).toBe('SAG-1')
    expect(copy?.annexes.map(({ title, size }) => [title, size])).toEqual([['Bilag', 3]])
    const file = await db().annexFile.findUnique({ where: { annexId: copy?.annexes[0]?.id ?? '' } })
    expect(file?.data).toEqual(data)
    expect(copy?.origin).toEqual({
      kind: 'copied',
      meetingId: meeting.id,
      startsAt: meeting.startsAt.toISOString(),
      itemId: item.id,
    })
    expect((await loadAgenda(secretary, meeting.id)).sections[0]?.items.map(({ id }) => id)).toEqual([
      item.id,
    ])
  })

  it('keeps closed what is closed, and tells nobody of an item they may not know', async () => {
    const { secretary, bodyId, later, item, input } = await scene({
      visibility: 'closed',
      publicTitle: 'Personsag',
    })
    const { itemId } = await copyItem(secretary, input)
    const copy = await db().item.findUniqueOrThrow({ where: { id: itemId } })
    expect(copy).toMatchObject({ visibility: 'closed', publicTitle: 'Personsag' })
    expect(copy.contentHash).toBe(item.contentHash)
    await db().item.update({ where: { id: itemId }, data: { submittedAt: new Date(), visibility: 'open' } })
    const member = await createActor({ bodyId, role: 'member', readsClosed: false })
    const [section] = (await loadAgenda(member, later.id)).sections
    expect(section?.items[0]?.title).toBe('En sag')
    expect(section?.items[0]?.origin).toBeUndefined()
  })
})

it('is for who plans meetings', async () => {
  const { bodyId, later, laterSection, input } = await scene({ submittedAt: new Date() })
  for (const [role, refusal] of [
    ['chair', 'forbidden'],
    ['member', 'forbidden'],
    ['substitute', 'forbidden'],
    ['observer', 'forbidden'],
    ['administrator', 'not-found'],
  ] as const) {
    const actor = await createActor({ bodyId, role })
    await expect(transferItem(actor, input), role).rejects.toThrow(refusal)
    await expect(copyItem(actor, input), role).rejects.toThrow(refusal)
    await expect(transferTargets(actor, input), role).rejects.toThrow(refusal)
  }
  const secretary = await createActor({ bodyId, role: 'secretariat' })
  expect(await transferTargets(secretary, input)).toEqual([
    {
      meetingId: later.id,
      startsAt: later.startsAt.toISOString(),
      place: 'Viborg',
      sections: [{ id: laterSection.id, title: 'Senere' }],
    },
  ])
})
