import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { db, transaction } from '@/lib/db.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { loadAuthors } from './author-service.ts'
import { fieldFragment } from './doc.ts'
import { append, compact, readDocument } from './doc-store.ts'
import { condenseLog } from './kept-log.ts'
import type { Prose } from './prose.ts'
import { closeItem } from './visibility-service.ts'

const prose: Prose = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Rådet drøfter' }] }],
}
const fields = { background: null, recommendation: prose, presentation: null, decision: null }

async function stage() {
  const { body, item } = await createAgenda({ submittedAt: new Date(), content: { title: 'Kultur', fields } })
  const person = (role: 'secretariat' | 'chair' | 'member', initials: string) =>
    createActor({ bodyId: body.id, role, initials, ...(role === 'chair' && { position: 'chair' }) })
  return {
    item,
    one: await person('secretariat', 'one'),
    other: await person('secretariat', 'two'),
    chair: await person('chair', 'for'),
    member: await person('member', 'mem'),
  }
}
type Stage = Awaited<ReturnType<typeof stage>>

/** Writes words in the recommendation as one session of somebody, and keeps them. */
async function write({ item }: Stage, { userId }: Actor, at: number, words: string): Promise<void> {
  const kept = await readDocument(db(), { itemId: item.id, generation: item.generation })
  if (!kept) throw new Error('There is no document')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, kept.state)
  const before = Y.encodeStateVector(doc)
  const paragraph = fieldFragment(doc, 'recommendation').get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).insert(at, words)
  const { generation, documentId } = item
  const entry = { itemId: item.id, generation, documentId, userId, data: Y.encodeStateAsUpdate(doc, before) }
  await transaction((tx) => append(tx, [entry]))
}

async function told({ item }: Stage, actor: Actor) {
  const { people, fields: shown } = await loadAuthors(actor, item.id)
  const initials = new Map(people.map((person) => [person.userId, person.initials]))
  return shown.flatMap(({ words }) => words.map(({ from, to, userId }) => [from, to, initials.get(userId)]))
}

await eachStore('Authors', () => {
  test('of each word are told while it lies in the log, after it was merged, and when more came', async () => {
    const made = await stage()
    expect(await told(made, made.one)).toEqual([])
    await write(made, made.one, 5, ' igen')
    await write(made, made.other, 18, ' sagen')
    const both = [
      [5, 10, 'one'],
      [18, 24, 'two'],
    ]
    expect(await told(made, made.chair)).toEqual(both)
    await compact(db(), made.item.documentId, condenseLog)
    expect(await told(made, made.one)).toEqual(both)
    await write(made, made.one, 0, 'Hele ')
    await compact(db(), made.item.documentId, condenseLog)
    await compact(db(), made.item.documentId, condenseLog)
    expect(await told(made, made.one)).toEqual([
      [0, 5, 'one'],
      [10, 15, 'one'],
      [23, 29, 'two'],
    ])
  })

  test('are those who sent words first, not who passed them on', async () => {
    const made = await stage()
    await write(made, made.one, 5, ' igen')
    const rows = await db().documentUpdate.findMany({
      where: { documentId: made.item.documentId },
      orderBy: { seq: 'asc' },
    })
    const data = rows.at(-1)?.data ?? new Uint8Array()
    const { id: itemId, generation, documentId } = made.item
    const again = { itemId, generation, documentId, userId: made.other.userId, data }
    await transaction((tx) => append(tx, [again]))
    expect(await told(made, made.one)).toEqual([[5, 10, 'one']])
    await compact(db(), documentId, condenseLog)
    expect(await told(made, made.one)).toEqual([[5, 10, 'one']])
  })

  test('of words from before an item was closed are not told, and nothing to a member', async () => {
    const made = await stage()
    await write(made, made.other, 5, ' igen')
    await closeItem(made.one, { itemId: made.item.id, publicTitle: 'En sag', reason: 'Personsag' })
    expect(await told(made, made.one)).toEqual([])
    await expect(loadAuthors(made.member, made.item.id)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
