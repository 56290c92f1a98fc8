import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeItem } from '@/lib/agenda/visibility-service.ts'
import { db } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import {
  loadItemReadings,
  loadReadDifference,
  markItemsRead,
  markItemUnread,
} from './item-reading-service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let agenda: Awaited<ReturnType<typeof createAgenda>>
let people: Record<'secretary' | 'member' | 'openOnly', Actor>
beforeEach(async () => {
  agenda = await createAgenda({ content: { title: 'Budget' }, submittedAt: new Date() })
  const bodyId = agenda.body.id
  people = {
    secretary: await createActor({ bodyId, role: 'secretariat' }),
    member: await createActor({ bodyId, role: 'member' }),
    openOnly: await createActor({ bodyId, role: 'member', readsClosed: false }),
  }
})

const now = async () => (await db().item.findUniqueOrThrow({ where: { id: agenda.item.id } })).contentHash
const read = (actor: Actor, contentHash: string) =>
  markItemsRead(actor, { meetingId: agenda.meeting.id, reads: [{ itemId: agenda.item.id, contentHash }] })
const readings = (actor: Actor) => loadItemReadings(actor, agenda.meeting.id)

/** Puts other words in the item's row, as a save does, and keeps both as versions. */
async function retitle(title: string) {
  const item = await db().item.findUniqueOrThrow({ where: { id: agenda.item.id } })
  const frame = { visibility: 'open', publicTitle: null, annexes: [] }
  const keep = (content: unknown, contentHash: string) =>
    db().version.create({
      data: {
        itemId: item.id,
        reason: 'automatic',
        contentHash,
        content: content as object,
        frame,
        state: new Uint8Array(2),
        checksum: new Uint8Array(8),
      },
    })
  await keep(item.content, item.contentHash)
  const content = { ...Object(item.content), title }
  const contentHash = title.length.toString(16).padStart(64, '0')
  await db().item.update({ where: { id: item.id }, data: { content, contentHash, title } })
  await keep(content, contentHash)
}

describe('what a person has read', () => {
  it('is theirs alone, can be taken back, and is of words that were before them', async () => {
    const hash = await now()
    await read(people.member, hash)
    expect(await readings(people.member)).toMatchObject({ [agenda.item.id]: { contentHash: hash } })
    expect(await readings(people.openOnly)).toEqual({})
    await read(people.openOnly, 'f'.repeat(64))
    expect(await readings(people.openOnly)).toEqual({})
    await markItemUnread(people.member, { itemId: agenda.item.id })
    expect(await readings(people.member)).toEqual({})
  })

  it('is kept as a version, once', async () => {
    await Promise.all([read(people.member, await now()), read(people.openOnly, await now())])
    expect(await db().version.count({ where: { itemId: agenda.item.id } })).toBe(1)
    await read(people.secretary, await now())
    expect(await db().version.count({ where: { itemId: agenda.item.id } })).toBe(1)
  })

  it('is compared with what stands there now, also once that was read', async () => {
    await read(people.member, await now())
    await retitle('Budget 2027')
    const itemId = agenda.item.id
    const difference = await loadReadDifference(people.member, { itemId, contentHash: await now() })
    expect(difference?.title).toContainEqual(expect.objectContaining({ kind: 'added' }))
    await read(people.member, await now())
    expect(await loadReadDifference(people.member, { itemId, contentHash: await now() })).toEqual(difference)
    expect(await loadReadDifference(people.openOnly, { itemId, contentHash: await now() })).toBeNull()
  })

  it('is no way to words that are not theirs', async () => {
    const hash = await now()
    await read(people.openOnly, hash)
    const itemId = agenda.item.id
    await closeItem(people.secretary, { itemId, publicTitle: 'En sag', reason: '' })
    await expect(loadReadDifference(people.openOnly, { itemId, contentHash: hash })).rejects.toThrow(
      'not-found',
    )
    await expect(loadReadDifference(people.member, { itemId, contentHash: 'f'.repeat(64) })).rejects.toThrow(
      'not-found',
    )
    const closed = await now()
    await read(people.openOnly, closed)
    expect((await readings(people.openOnly))[itemId]?.contentHash).toBe(hash)
  })
})
