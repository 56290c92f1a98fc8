import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadThreads, startThread } from '@/lib/comments/service.ts'
import { db } from '@/lib/db.ts'
import { actorOf } from '@/lib/identity/membership-service.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import { recusable, recuse } from './recusal-service.ts'
import { loadAgenda, readableItems } from './service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let agenda: Awaited<ReturnType<typeof createAgenda>>
let people: Record<'secretary' | 'chair' | 'member' | 'observer', Actor>
beforeEach(async () => {
  agenda = await createAgenda({ content: { title: 'Byggesag' }, submittedAt: new Date() })
  const bodyId = agenda.body.id
  people = {
    secretary: await createActor({ bodyId, role: 'secretariat' }),
    chair: await createActor({ bodyId, role: 'chair', position: 'chair' }),
    member: await createActor({ bodyId, role: 'member' }),
    observer: await createActor({ bodyId, role: 'observer' }),
  }
})

/** The person as the next request knows them. */
async function again({ userId }: Actor): Promise<Actor> {
  const actor = await actorOf(userId, new Date())
  if (!actor) throw new Error('nobody')
  return actor
}
const wish = ({ userId }: Actor, recused = true) => ({ itemId: agenda.item.id, userId, recused })
const shown = async (actor: Actor) =>
  (await loadAgenda(actor, agenda.meeting.id)).sections.flatMap(({ items }) => items)[0]

describe('recusal', () => {
  it('takes the item and its conversations from the person at once, and gives them back', async () => {
    const { itemId } = { itemId: agenda.item.id }
    await startThread(people.member, { itemId, scope: 'body', text: 'Hvorfor?', selection: null })
    const signals = await signalsOf(() => recuse(people.secretary, wish(people.member)))
    expect(signals).toContainEqual({ kind: 'item-rights-changed', itemId })
    expect(signals).toContainEqual({ kind: 'meeting-changed', meetingId: agenda.meeting.id, what: 'agenda' })

    const member = await again(people.member)
    expect(await shown(member)).toMatchObject({ isRecused: true, title: '', content: null, annexes: [] })
    expect((await readableItems(member, agenda.meeting.id)).items).toEqual([])
    expect((await loadThreads(member, agenda.meeting.id)).threads).toEqual([])
    await expect(
      startThread(member, { itemId, scope: 'body', text: 'Nej', selection: null }),
    ).rejects.toThrow('not-found')
    expect(await shown(people.observer)).toMatchObject({ title: 'Byggesag' })
    expect(await shown(people.observer)).not.toHaveProperty('isRecused')

    await recuse(people.secretary, wish(people.member, false))
    expect(await shown(await again(people.member))).toMatchObject({ title: 'Byggesag' })
  })

  it('said twice is said once, audited, and never by who is not to', async () => {
    await recuse(people.secretary, wish(people.member))
    expect(await signalsOf(() => recuse(people.secretary, wish(people.member)))).toEqual([])
    const audited = await db().auditEvent.findMany({
      where: { subjectId: agenda.item.id, act: 'member-recused' },
    })
    expect(audited).toMatchObject([{ data: { userId: people.member.userId } }])
    await expect(recuse(people.observer, wish(people.member))).rejects.toThrow('forbidden')
    await expect(recuse(await again(people.member), wish(people.member, false))).rejects.toThrow('not-found')
    await expect(recuse(people.secretary, wish(people.observer))).rejects.toThrow('invalid-input')
    await expect(recuse(people.secretary, wish(people.secretary))).rejects.toThrow('invalid-input')
  })

  it('lists who may be disqualified, and who is', async () => {
    await recuse(people.secretary, wish(people.member))
    const listed = await recusable(people.secretary, { itemId: agenda.item.id })
    expect(new Map(listed.map(({ userId, isRecused }) => [userId, isRecused]))).toEqual(
      new Map([
        [people.chair.userId, false],
        [people.member.userId, true],
      ]),
    )
  })
})
