import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { db, transaction } from '@/lib/db.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createAgenda } from '@/prisma/testing/factories.ts'
import { metaMap, readState, titleFragment } from './doc.ts'
import {
  append,
  compact,
  createDocument,
  DocumentsClosedError,
  itemRoomFacts,
  itemsBehind,
  lockDocument,
  meetingBody,
  project,
  projectAtRest,
  type Read,
  readDocument,
} from './doc-store.ts'
import { condenseLog, DamagedRowError, readLog } from './kept-log.ts'

type Item = Awaited<ReturnType<typeof createAgenda>>['item']

/** The update of somebody who opens the state and writes a case number. */
function edit(state: Uint8Array, caseNumber: string): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const before = Y.encodeStateVector(doc)
  metaMap(doc).set('caseNumber', caseNumber)
  return Y.encodeStateAsUpdate(doc, before)
}

function retitle(state: Uint8Array, title: string): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const before = Y.encodeStateVector(doc)
  const paragraph = titleFragment(doc).get(0)
  if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText(title)])
  return Y.encodeStateAsUpdate(doc, before)
}

function entry(item: Item, data: Uint8Array) {
  return { itemId: item.id, generation: item.generation, documentId: item.documentId, data, userId: null }
}

async function state(item: Item) {
  const document = await readDocument(db(), { itemId: item.id, generation: item.generation })
  return document?.state ?? new Uint8Array()
}

function save(...entries: ReturnType<typeof entry>[]) {
  return transaction((tx) => append(tx, entries))
}

await eachStore('document store', () => {
  it('makes a document that reads back as its first state', async () => {
    const { item } = await createAgenda()
    const documentId = await createDocument(db(), {
      itemId: item.id,
      generation: 2,
      state: item.state,
      userId: null,
    })
    const kept = await readDocument(db(), { itemId: item.id, generation: 2 })
    expect(kept?.documentId).toBe(documentId)
    expect(readState(kept?.state ?? new Uint8Array()).title).toBe('Prøvesag')
  })

  it('answers null for a generation that is not there', async () => {
    const { item } = await createAgenda()
    expect(await readDocument(db(), { itemId: item.id, generation: 7 })).toBeNull()
  })

  it('appends to many documents at once and reads each back whole', async () => {
    const { item: one } = await createAgenda()
    const { item: two } = await createAgenda()
    await save(entry(one, edit(one.state, 'A')), entry(two, edit(two.state, 'B')))
    expect(readState(await state(one)).caseNumber).toBe('A')
    expect(readState(await state(two)).caseNumber).toBe('B')
  })

  it('refuses, naming it, a document of an earlier generation and keeps nothing of the batch', async () => {
    const { item: old } = await createAgenda()
    const { item: current } = await createAgenda()
    await db().item.update({ where: { id: old.id }, data: { generation: 2 } })
    const saving = save(entry(old, edit(old.state, 'A')), entry(current, edit(current.state, 'B')))
    await expect(saving).rejects.toMatchObject({ documentIds: [old.documentId] })
    expect(readState(await state(old)).caseNumber).toBe('')
    expect(readState(await state(current)).caseNumber).toBe('')
  })

  it('refuses every document of a meeting that is no longer prepared', async () => {
    const { meeting, item } = await createAgenda()
    await db().meeting.update({ where: { id: meeting.id }, data: { state: 'dispatched' } })
    await expect(save(entry(item, edit(item.state, 'A')))).rejects.toBeInstanceOf(DocumentsClosedError)
  })

  it('refuses a document that is gone', async () => {
    const { item } = await createAgenda()
    await db().item.delete({ where: { id: item.id } })
    await expect(save(entry(item, edit(item.state, 'A')))).rejects.toBeInstanceOf(DocumentsClosedError)
  })

  it('makes an append wait for whoever has locked the document, and judges it after', async () => {
    const { item } = await createAgenda()
    const key = { itemId: item.id, generation: item.generation }
    const saving: Promise<void>[] = []
    await transaction(async (tx) => {
      await lockDocument(tx, key)
      saving.push(save(entry(item, edit(item.state, 'A'))))
      saving[0]?.catch(() => undefined)
      await tx.item.update({ where: { id: item.id }, data: { generation: 2 } })
    })
    await expect(saving[0]).rejects.toBeInstanceOf(DocumentsClosedError)
    expect(readState(await state(item)).caseNumber).toBe('')
  })

  it('[R36] keeps a document of many keystrokes, once compacted, in at most 1.1 times its merged update', async () => {
    const { item } = await createAgenda()
    const doc = new Y.Doc()
    Y.applyUpdate(doc, item.state)
    const keystrokes: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => keystrokes.push(update))
    const paragraph = titleFragment(doc).get(0)
    if (!(paragraph instanceof Y.XmlElement)) throw new Error('The title has no paragraph')
    const text = new Y.XmlText()
    paragraph.insert(0, [text])
    for (let at = 0; at < 3000; at++) {
      if (at % 9 === 8) text.delete(text.length - 1, 1)
      else text.insert(at % 50 === 0 ? 0 : text.length, 'æble'.charAt(at % 4))
    }
    await save(...keystrokes.map((data) => entry(item, data)))
    await compact(db(), item.documentId, condenseLog)
    const [kept] = await db().$queryRaw<{ bytes: number; rows: number }[]>`
      SELECT (SELECT coalesce(sum(octet_length("data") + octet_length("checksum")), 0)::int FROM "DocumentUpdate"
          WHERE "documentId" = ${item.documentId})
        + (SELECT octet_length("data") + octet_length("checksum") FROM "DocumentSnapshot"
          WHERE "documentId" = ${item.documentId}) AS bytes,
        (SELECT count(*)::int FROM "DocumentUpdate" WHERE "documentId" = ${item.documentId}) AS rows`
    expect(kept?.rows).toBe(0)
    expect(kept?.bytes).toBeLessThanOrEqual(1.1 * Y.encodeStateAsUpdate(doc).length)
    expect(keystrokes.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(4 * (kept?.bytes ?? 0))
  })

  it('compacts to one snapshot with the same state, and goes on from there', async () => {
    const { item } = await createAgenda()
    for (const word of ['A', 'B', 'C']) await save(entry(item, edit(await state(item), word)))
    const before = await state(item)
    expect(await compact(db(), item.documentId, condenseLog)).toMatchObject({ rows: 4 })
    expect(await db().documentUpdate.count({ where: { documentId: item.documentId } })).toBe(0)
    expect(readState(await state(item))).toEqual(readState(before))
    await save(entry(item, edit(await state(item), 'D')))
    expect(await compact(db(), item.documentId, condenseLog)).toMatchObject({ rows: 1 })
    expect(readState(await state(item)).caseNumber).toBe('D')
    expect(await compact(db(), item.documentId, condenseLog)).toBeNull()
  })

  it('loses nothing when two compactions and appends meet', async () => {
    const { item } = await createAgenda()
    const first = edit(item.state, 'A')
    await save(entry(item, first))
    const merged = Y.mergeUpdates([item.state, first])
    await Promise.all([
      compact(db(), item.documentId, condenseLog),
      compact(db(), item.documentId, condenseLog),
      save(entry(item, edit(merged, 'B'))),
    ])
    await compact(db(), item.documentId, condenseLog)
    expect(readState(await state(item)).caseNumber).toBe('B')
  })

  it('projects new words: hash and contentAt move together', async () => {
    const { item, meeting } = await createAgenda()
    const before = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    await save(entry(item, retitle(item.state, 'Ny ')))
    const answer = await transaction((tx) => project(tx, item.id))
    const after = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(answer).toEqual({ changed: true, meetingId: meeting.id })
    expect(after.title).toBe('Ny Prøvesag')
    expect(after.searchText).toBe('Ny Prøvesag')
    expect(after.contentHash).not.toBe(before.contentHash)
    expect(after.contentAt.getTime()).toBeGreaterThanOrEqual(before.contentAt.getTime())
  })

  it('leaves hash and contentAt alone when only a part outside the hash changed', async () => {
    const { item } = await createAgenda()
    const before = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    await save(entry(item, edit(item.state, 'SAG-1')))
    expect(await transaction((tx) => project(tx, item.id))).toMatchObject({ changed: true })
    const after = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(after.contentHash).toBe(before.contentHash)
    expect(after.contentAt).toEqual(before.contentAt)
    expect(after.content).toMatchObject({ caseNumber: 'SAG-1' })
    expect(await transaction((tx) => project(tx, item.id))).toMatchObject({ changed: false })
  })

  it('takes annexes into the hash, without those deleted', async () => {
    const { item } = await createAgenda()
    const annex = await db().annex.create({
      data: { itemId: item.id, position: 0, title: 'Notat', url: 'https://example.org', contentHash: 'x' },
    })
    expect(await transaction((tx) => project(tx, item.id))).toMatchObject({ changed: true })
    await db().annex.update({ where: { id: annex.id }, data: { deletedAt: new Date() } })
    await transaction((tx) => project(tx, item.id))
    const after = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(after.contentHash).toBe(item.contentHash)
  })

  it('projects words with signs that the database does not take, as many letters long', async () => {
    const { item } = await createAgenda()
    await save(entry(item, retitle(await state(item), 'a\0b\ud800c')))
    await save(entry(item, edit(await state(item), 'SAG\0')))
    await transaction((tx) => project(tx, item.id))
    const row = await db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect(row.title).toContain('a\ufffdb\ufffdc')
    expect(row.content).toMatchObject({ title: row.title, caseNumber: 'SAG\ufffd' })
  })

  it('refuses to project an item that is not there', async () => {
    const missing = '00000000-0000-7000-8000-000000000000'
    await expect(transaction((tx) => project(tx, missing))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('names the items whose log has gone on since the projection, compacted or not', async () => {
    const { item } = await createAgenda()
    expect(await itemsBehind(db())).not.toContain(item.id)
    await save(entry(item, edit(item.state, 'A')))
    expect(await itemsBehind(db())).toContain(item.id)
    await compact(db(), item.documentId, condenseLog)
    expect(await itemsBehind(db())).toContain(item.id)
    await transaction((tx) => project(tx, item.id))
    expect(await itemsBehind(db())).not.toContain(item.id)
  })

  it('tells what decides the rights to a room, and nothing of a deleted item or a deleted section', async () => {
    const { body, meeting, section, item } = await createAgenda({ submittedAt: new Date() })
    expect(await itemRoomFacts(db(), item.id)).toEqual({
      generation: 1,
      facts: { id: item.id, phase: 'shared', visibility: 'open' },
      bodyId: body.id,
      meetingId: meeting.id,
    })
    expect(await meetingBody(db(), meeting.id)).toBe(body.id)
    await db().section.update({ where: { id: section.id }, data: { deletedAt: new Date() } })
    expect(await itemRoomFacts(db(), item.id)).toBeNull()
    expect(await meetingBody(db(), item.id)).toBeNull()
  })

  it('reads, compacts and projects nothing of a document with a damaged row, and loses none of its rows', async () => {
    const { item } = await createAgenda()
    await save(entry(item, edit(item.state, 'SAG-1')), entry(item, edit(item.state, 'SAG-2')))
    const [row] = await db().documentUpdate.findMany({
      where: { documentId: item.documentId },
      skip: 1,
      take: 1,
    })
    const flipped = new Uint8Array(row?.data ?? [])
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
    await db().documentUpdate.update({ where: { seq: row?.seq ?? 0n }, data: { data: flipped } })
    await expect(state(item)).rejects.toBeInstanceOf(DamagedRowError)
    await expect(compact(db(), item.documentId, condenseLog)).rejects.toBeInstanceOf(DamagedRowError)
    await expect(transaction((tx) => project(tx, item.id))).rejects.toBeInstanceOf(DamagedRowError)
    expect(await db().documentUpdate.count({ where: { documentId: item.documentId } })).toBe(3)
    await db().documentUpdate.update({ where: { seq: row?.seq ?? 0n }, data: { data: row?.data ?? flipped } })
    await compact(db(), item.documentId, condenseLog)
    const snapshot = await db().documentSnapshot.findUniqueOrThrow({ where: { documentId: item.documentId } })
    const cut = snapshot.data.slice(0, -1)
    await db().documentSnapshot.update({ where: { documentId: item.documentId }, data: { data: cut } })
    await expect(state(item)).rejects.toBeInstanceOf(DamagedRowError)
  })

  it('projects at rest without keeping anyone from appending, and never over a later projection', async () => {
    const { item } = await createAgenda()
    await save(entry(item, edit(item.state, 'SAG-1')))
    const atRest = (read: Read) => {
      const answers: boolean[] = []
      const within = async (_tx: unknown, { changed }: { changed: boolean }) => void answers.push(changed)
      return projectAtRest(item.id, { read, within }).then(() => answers)
    }
    const late = await atRest(async (log) => {
      await save(entry(item, edit(await state(item), 'SAG-2')))
      await transaction((tx) => project(tx, item.id))
      return readLog(log)
    })
    expect(late).toEqual([false])
    const row = async () => db().item.findUniqueOrThrow({ where: { id: item.id } })
    expect((await row()).content).toMatchObject({ caseNumber: 'SAG-2' })
    await save(entry(item, edit(await state(item), 'SAG-3')))
    expect(await atRest(readLog)).toEqual([true])
    expect((await row()).content).toMatchObject({ caseNumber: 'SAG-3' })
  })
})
