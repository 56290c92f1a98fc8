import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fieldFragment, readState } from '@/lib/agenda/doc.ts'
import { append, project, readDocument } from '@/lib/agenda/doc-store.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import { restoreVersion } from '@/lib/agenda/restore-service.ts'
import { keepNamed, nameVersion } from '@/lib/agenda/version-service.ts'
import { closeItem, openItem } from '@/lib/agenda/visibility-service.ts'
import { loadThreads, startThread } from '@/lib/comments/service.ts'
import { db, transaction } from '@/lib/db.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import { loadComparison, loadHistory } from './read-service.ts'
import { approve, loadApprovals, submit } from './service.ts'

const words = 'Rådet drøfter en strategi fra 2020 og frem.'

function prose(...lines: string[]): Prose {
  return {
    type: 'doc',
    content: lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  }
}
const noFields = { background: null, recommendation: null, presentation: null, decision: null }

async function stage() {
  const content = { title: 'Kultur', fields: { ...noFields, background: prose(words, 'Sidste afsnit.') } }
  const { body, meeting, item } = await createAgenda({ content })
  const person = (data: Omit<Parameters<typeof createActor>[0], 'bodyId'>) =>
    createActor({ bodyId: body.id, ...data })
  const secretary = await person({ role: 'secretariat', initials: 'jhp' })
  const other = await person({ role: 'secretariat', initials: 'chbo' })
  const chair = await person({ role: 'chair', position: 'chair', initials: 'for' })
  const member = await person({ role: 'member' })
  const itemId = item.id

  /** An edit of the first paragraph; what happens `meanwhile` does so between its making and its reaching the log. */
  async function change(
    userId: string,
    edit: (paragraph: Y.XmlText) => void,
    meanwhile?: () => Promise<unknown>,
  ) {
    const generation = (await db().item.findUniqueOrThrow({ where: { id: itemId } })).generation
    const kept = await readDocument(db(), { itemId, generation })
    if (!kept) throw new Error('There is no document')
    const doc = new Y.Doc()
    Y.applyUpdate(doc, kept.state)
    const before = Y.encodeStateVector(doc)
    edit((fieldFragment(doc, 'background').get(0) as Y.XmlElement).get(0) as Y.XmlText)
    const data = Y.encodeStateAsUpdate(doc, before)
    await meanwhile?.()
    await transaction((tx) => append(tx, [{ itemId, generation, documentId: kept.documentId, data, userId }]))
    await transaction((tx) => project(tx, itemId))
  }
  /** Puts words into the place of others, in the first paragraph. */
  const replace = (userId: string, from: string, to: string) =>
    change(userId, (text) => {
      const at = text.toString().indexOf(from)
      text.delete(at, from.length)
      text.insert(at, to)
    })
  const send = () => submit(secretary, { meetingId: meeting.id, itemIds: [itemId] })
  const history = async () => (await loadHistory(secretary, itemId)).entries
  const idOf = async (kind: string) => (await history()).find((entry) => entry.kind === kind)?.versionId ?? ''
  const row = () => db().item.findUniqueOrThrow({ where: { id: itemId } })
  const background = async () => {
    const kept = await readDocument(db(), { itemId, generation: (await row()).generation })
    return readState(kept?.state ?? new Uint8Array()).fields.background
  }
  return {
    meeting,
    itemId,
    secretary,
    other,
    chair,
    member,
    change,
    replace,
    send,
    history,
    idOf,
    row,
    background,
  }
}

await eachStore('Going back', () => {
  test('brings the words back as an act of a person, keeps those of now, and tells the rooms', async () => {
    const made = await stage()
    await made.send()
    const versionId = await made.idOf('submitted')
    await made.replace(made.other.userId, '2020', '2023')
    const wish = { itemId: made.itemId, versionId }
    const signals = await signalsOf(async () => {
      expect(await restoreVersion(made.secretary, wish)).toEqual({ changed: true })
    })
    expect(signals).toContainEqual({ kind: 'document-written', itemId: made.itemId, by: null })
    expect(await made.background()).toEqual(prose(words, 'Sidste afsnit.'))
    const told = (await made.history()).map(({ kind, by, authors }) =>
      [kind, by?.initials ?? '–', ...authors.map(({ initials }) => initials)].join(' '),
    )
    expect(told).toEqual(['restored jhp jhp', 'automatic – chbo', 'submitted jhp'])
    const [event] = await db().auditEvent.findMany({
      where: { act: 'version-restored', subjectId: made.itemId },
    })
    expect(event).toMatchObject({ userId: made.secretary.userId, data: { from: versionId } })
    expect(await restoreVersion(made.secretary, { itemId: made.itemId, versionId })).toEqual({
      changed: false,
    })
  })

  test('an approval lapses and stands by the words alone', async () => {
    const made = await stage()
    await made.send()
    await approve(made.chair, { itemId: made.itemId, seenHash: (await made.row()).contentHash })
    const stands = async () =>
      (await loadApprovals(made.secretary, made.meeting.id)).items[0]?.approvals[0]?.stands
    await made.replace(made.other.userId, '2020', '2023')
    expect(await stands()).toBe(false)
    await restoreVersion(made.secretary, { itemId: made.itemId, versionId: await made.idOf('approved') })
    expect(await stands()).toBe(true)
    await restoreVersion(made.secretary, { itemId: made.itemId, versionId: await made.idOf('automatic') })
    expect(await stands()).toBe(false)
  })

  test('threads keep their places where their words stand, and come back to words that do', async () => {
    const made = await stage()
    await made.send()
    const select = (quote: string) => {
      const from = words.indexOf(quote)
      return { field: 'background' as const, from, to: from + quote.length, quote }
    }
    const thread = (quote: string) =>
      startThread(made.secretary, {
        itemId: made.itemId,
        scope: 'body',
        text: 'Hvorfor?',
        selection: select(quote),
      })
    await thread('en strategi')
    await thread('fra 2020 og frem')
    const places = async () =>
      (await loadThreads(made.secretary, made.meeting.id)).threads.map(
        ({ quote, detached }) => `${quote}${detached ? ' (løsrevet)' : ''}`,
      )
    await made.replace(made.other.userId, 'fra 2020 og frem', 'i fremtiden')
    expect((await places()).sort()).toEqual(['en strategi', 'fra 2020 og frem (løsrevet)'])
    await restoreVersion(made.secretary, { itemId: made.itemId, versionId: await made.idOf('submitted') })
    expect((await places()).sort()).toEqual(['en strategi', 'fra 2020 og frem'])
  })

  test('keeps what others are typing meanwhile', async () => {
    const made = await stage()
    await made.send()
    await made.replace(made.other.userId, '2020', '2023')
    const versionId = await made.idOf('submitted')
    await made.change(
      made.other.userId,
      (text) => text.insert(0, 'NB: '),
      () => restoreVersion(made.secretary, { itemId: made.itemId, versionId }),
    )
    expect(await made.background()).toEqual(prose(`NB: ${words}`, 'Sidste afsnit.'))
  })

  test('words kept while an item was closed never come into it when it is open', async () => {
    const made = await stage()
    await closeItem(made.secretary, { itemId: made.itemId, publicTitle: 'Kultur', reason: '' })
    await made.replace(made.other.userId, '2020', 'hemmeligt')
    await openItem(made.secretary, { itemId: made.itemId })
    await expect(
      restoreVersion(made.secretary, { itemId: made.itemId, versionId: await made.idOf('opened') }),
    ).rejects.toMatchObject({ code: 'version-was-closed' })
    expect((await made.history()).find(({ kind }) => kind === 'opened')?.mayBringBack).toBe(false)
    expect(
      await restoreVersion(made.secretary, { itemId: made.itemId, versionId: await made.idOf('closed') }),
    ).toEqual({
      changed: true,
    })
  })

  test('is for who writes, in this item, and not once it was sent', async () => {
    const made = await stage()
    const elsewhere = await stage()
    await made.send()
    await elsewhere.send()
    const versionId = await made.idOf('submitted')
    const wish = { itemId: made.itemId, versionId }
    await expect(restoreVersion(made.chair, wish)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(restoreVersion(elsewhere.secretary, wish)).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      restoreVersion(elsewhere.secretary, { itemId: elsewhere.itemId, versionId }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await db().meeting.update({
      where: { id: made.meeting.id },
      data: { state: 'dispatched', editionCount: 1 },
    })
    await expect(restoreVersion(made.secretary, wish)).rejects.toMatchObject({ code: 'agenda-frozen' })
  })
})

await eachStore('History', () => {
  describe('names', () => {
    test('are given, changed and taken away, also to what was kept by an act', async () => {
      const made = await stage()
      await made.send()
      await keepNamed(made.secretary, { itemId: made.itemId, name: 'Før ferien' })
      const versionId = await made.idOf('submitted')
      const name = (given: string) => nameVersion(made.chair, { itemId: made.itemId, versionId, name: given })
      const names = async () => (await made.history()).map((entry) => `${entry.kind} ${entry.name}`)
      await name('Første')
      await name('Til formanden')
      expect(await names()).toEqual(['named Før ferien', 'submitted Til formanden'])
      await name('')
      expect(await names()).toEqual(['named Før ferien', 'submitted null'])
      await expect(
        nameVersion(made.member, { itemId: made.itemId, versionId, name: 'Mit' }),
      ).rejects.toMatchObject({ code: 'forbidden' })
    })
  })

  test('compares any two moments, for who may read both', async () => {
    const made = await stage()
    await made.send()
    await made.replace(made.other.userId, '2020', '2023')
    const from = await made.idOf('submitted')
    const { difference } = await loadComparison(made.chair, { itemId: made.itemId, from, to: 'now' })
    expect(difference.counts).toEqual({ added: 1, removed: 1, restyled: 0 })
    const back = await loadComparison(made.chair, { itemId: made.itemId, from: 'now', to: from })
    expect(back.difference.counts).toEqual({ added: 1, removed: 1, restyled: 0 })
    await expect(loadComparison(made.member, { itemId: made.itemId, from, to: 'now' })).rejects.toMatchObject(
      { code: 'forbidden' },
    )
    const elsewhere = await stage()
    await expect(
      loadComparison(elsewhere.chair, { itemId: elsewhere.itemId, from, to: 'now' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })
})
