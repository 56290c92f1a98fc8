import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeItem } from '@/lib/agenda/visibility-service.ts'
import { db } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createActor, createAgenda, createBody } from '@/prisma/testing/factories.ts'
import { assign, markHandled } from './change-service.ts'
import { loadAllComments } from './overview-service.ts'
import type { Scope } from './schema.ts'
import { ask, loadThreads, startThread } from './service.ts'
import { exportComments, tableFormats } from './table-service.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let agenda: Awaited<ReturnType<typeof createAgenda>>
let people: Record<'jhp' | 'chbo' | 'chair' | 'blue' | 'observer' | 'administrator' | 'stranger', Actor>

beforeEach(async () => {
  agenda = await createAgenda({ content: { title: 'Budget' }, submittedAt: new Date() })
  const bodyId = agenda.body.id
  people = {
    jhp: await createActor({ bodyId, role: 'secretariat', name: 'Sekretær', initials: 'jhp' }),
    chbo: await createActor({ bodyId, role: 'secretariat', name: 'Anden', initials: 'chbo' }),
    chair: await createActor({ bodyId, role: 'chair', position: 'chair' }),
    blue: await createActor({ bodyId, role: 'member', politicalGroup: 'V', name: 'Medlem' }),
    observer: await createActor({ bodyId, role: 'observer' }),
    administrator: await createActor({ bodyId, role: 'administrator' }),
    stranger: await createActor({ bodyId: (await createBody()).id, role: 'secretariat' }),
  }
})

const say = (actor: Actor, scope: Scope, text: string) =>
  startThread(actor, { itemId: agenda.item.id, scope, text, selection: null })
const load = (actor: Actor) => loadAllComments(actor, agenda.meeting.id)
async function exported(actor: Actor, format: (typeof tableFormats)[number] = 'csv') {
  const file = await exportComments(actor, { meetingId: agenda.meeting.id, format, locale: 'da' })
  const text =
    format === 'csv'
      ? new TextDecoder().decode(file.data)
      : strFromU8(unzipSync(file.data)['word/document.xml'] ?? new Uint8Array())
  return { ...file, text }
}

describe('all comments on an agenda', () => {
  it.each([
    ['jhp', true],
    ['chbo', true],
    ['chair', false],
    ['blue', false],
    ['observer', false],
    ['administrator', false],
    ['stranger', false],
  ] as const)('%s opens and exports them: %s', async (name, may) => {
    await say(people.blue, 'body', 'Hvorfor?')
    const asked = [load(people[name]), ...tableFormats.map((format) => exported(people[name], format))]
    for (const answer of asked) {
      if (may) await expect(answer).resolves.toBeTruthy()
      else await expect(answer).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  it('are those their reader may read, under their items', async () => {
    await say(people.blue, 'body', 'Til alle')
    await say(people.blue, 'group', 'Til gruppen')
    await ask(people.blue, { itemId: agenda.item.id, text: 'Et spørgsmål', selection: null })
    const shown = await load(people.jhp)
    expect(shown.threads).toEqual((await loadThreads(people.jhp, agenda.meeting.id)).threads)
    expect(shown.threads.map(({ comments }) => comments[0]?.text)).toEqual(['Til alle', 'Et spørgsmål'])
    expect(shown.items).toEqual([{ id: agenda.item.id, number: '1.1', title: 'Budget', isClosed: false }])
    expect(shown.takers.map(({ initials, scopes }) => [initials, scopes])).toEqual([
      ['chbo', ['body', 'leadership']],
      ['jhp', ['body', 'leadership']],
    ])
  })

  it('can be given to everybody they are offered to', async () => {
    await db().body.update({ where: { id: agenda.body.id }, data: { groupsAreOpen: true } })
    for (const scope of ['body', 'leadership', 'group'] as const) await say(people.blue, scope, 'x')
    const { threads, takers } = await load(people.jhp)
    expect(threads).toHaveLength(3)
    for (const { id: threadId, scope } of threads) {
      for (const { userId, scopes } of takers) {
        expect(scopes).toContain(scope)
        await assign(people.jhp, { threadId, userId })
      }
    }
  })
})

describe('the export', () => {
  it.each(tableFormats)(
    'as %s holds what its reader may read, without their private notes',
    async (format) => {
      const { threadId } = await say(people.blue, 'body', '=Til alle')
      await say(people.blue, 'leadership', 'Til ledelsen')
      await say(people.blue, 'group', 'Til gruppen')
      await say(people.blue, 'private', 'Medlemmets note')
      await say(people.jhp, 'private', 'Egen note')
      await assign(people.jhp, { threadId, userId: people.chbo.userId })
      await markHandled(people.jhp, { threadId, handled: true })
      const { text, fileName } = await exported(people.jhp, format)
      for (const said of ['=Til alle', 'Til ledelsen', 'Budget', '1.1', 'Medlem', 'Anden', 'Håndteret'])
        expect(text).toContain(said)
      for (const hidden of ['Til gruppen', 'Medlemmets note', 'Egen note']) expect(text).not.toContain(hidden)
      expect(fileName).toBe(`kommentarer-${agenda.body.slug}-2019-09-13.${format}`)
      await db().body.update({ where: { id: agenda.body.id }, data: { groupsAreOpen: true } })
      expect((await exported(people.jhp, format)).text).toContain('Til gruppen')
    },
  )

  it('says of a closed item that it is closed', async () => {
    await say(people.blue, 'body', 'Hvorfor?')
    await closeItem(people.jhp, { itemId: agenda.item.id, publicTitle: 'En sag', reason: '' })
    expect((await exported(people.jhp)).text).toContain('Budget (lukket punkt)')
  })

  it('is noted in the audit log, without a word of it', async () => {
    await say(people.blue, 'body', 'Hvorfor?')
    await exported(people.jhp, 'docx')
    await expect(exported(people.chair)).rejects.toThrow()
    const rows = await db().auditEvent.findMany({ where: { subjectId: agenda.meeting.id } })
    expect(rows).toMatchObject([
      {
        act: 'comments-exported',
        userId: people.jhp.userId,
        bodyId: agenda.body.id,
        data: { format: 'docx', comments: 1 },
      },
    ])
    expect(JSON.stringify(rows[0]?.data)).not.toContain('Hvorfor')
  })
})
