import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { db, transaction } from '@/lib/db.ts'
import { eachStore } from '@/prisma/testing/each-store.ts'
import { createActor, createAgenda } from '@/prisma/testing/factories.ts'
import { readState, titleFragment } from './doc.ts'
import { append, compact, project, readDocument } from './doc-store.ts'
import { condenseLog, readLog } from './kept-log.ts'
import { keepRest, unkeptItems } from './rest-service.ts'
import { exactItem, keepVersion, sentStates } from './service.ts'
import { verifyVersions } from './verify-service.ts'

const minute = 60_000

async function stage() {
  const { body, meeting, item } = await createAgenda()
  const [one, other] = [
    await createActor({ bodyId: body.id, role: 'secretariat', initials: 'jhp' }),
    await createActor({ bodyId: body.id, role: 'secretariat', initials: 'chbo' }),
  ]
  const key = { itemId: item.id, generation: item.generation }
  const start = Date.now() - 60 * minute

  /** Adds words to the title on somebody's behalf, so many minutes after the start. */
  async function write(userId: string, word: string, minutes: number) {
    const kept = await readDocument(db(), key)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, kept?.state ?? new Uint8Array())
    const before = Y.encodeStateVector(doc)
    const paragraph = titleFragment(doc).get(0)
    if (paragraph instanceof Y.XmlElement) paragraph.insert(paragraph.length, [new Y.XmlText(` ${word}`)])
    const data = Y.encodeStateAsUpdate(doc, before)
    await transaction((tx) => append(tx, [{ ...key, documentId: item.documentId, data, userId }]))
    await db().$executeRaw`
      UPDATE "DocumentUpdate" SET "createdAt" = ${new Date(start + minutes * minute)}
      WHERE "seq" = (SELECT max("seq") FROM "DocumentUpdate" WHERE "documentId" = ${item.documentId})`
    await transaction((tx) => project(tx, item.id))
  }
  const rest = (minutes: number) => keepRest(item.id, new Date(start + minutes * minute), readLog)
  const versions = async () => {
    const rows = await db().version.findMany({ where: { itemId: item.id }, orderBy: { id: 'asc' } })
    const names = new Map([
      [one.userId, 'jhp'],
      [other.userId, 'chbo'],
    ])
    const states = await sentStates(
      db(),
      rows.map(({ id }) => id),
    )
    return rows.map(({ id, reason, authors }) => {
      const words = readState(states.get(id)?.state ?? new Uint8Array()).title
      return `${reason} ${authors.map((author) => names.get(author)).join('+')}: ${words}`
    })
  }
  await db().$executeRaw`UPDATE "DocumentUpdate" SET "createdAt" = ${new Date(start)}, "userId" = NULL
    WHERE "documentId" = ${item.documentId}`
  await db().document.update({ where: { id: item.documentId }, data: { createdAt: new Date(start) } })
  return { body, meeting, item, one, other, write, rest, versions }
}

const keepNow = (itemId: string, userId: string) =>
  transaction(async (tx) => keepVersion(tx, await exactItem(tx, itemId), { reason: 'submitted', userId }))

await eachStore('Versions', () => {
  describe('words at rest', () => {
    test('are kept after a pause, once, and not again while they are the same', async () => {
      const { one, write, rest, versions } = await stage()
      await write(one.userId, 'et', 1)
      expect(await rest(3)).toBe(0)
      expect(await rest(7)).toBe(1)
      expect(await rest(8)).toBe(0)
      expect(await versions()).toEqual(['automatic jhp: Prøvesag et'])
    })

    test('are kept as they were before somebody took over, with who wrote which', async () => {
      const { one, other, write, rest, versions } = await stage()
      await write(one.userId, 'et', 1)
      await write(one.userId, 'to', 2)
      await write(other.userId, 'tre', 5)
      expect(await rest(5)).toBe(1)
      await write(one.userId, 'fire', 5.2)
      expect(await rest(5.3)).toBe(0)
      expect(await rest(12)).toBe(1)
      expect(await versions()).toEqual([
        'automatic jhp: Prøvesag et to',
        'automatic chbo+jhp: Prøvesag et to tre fire',
      ])
    })

    test('are not kept where an act kept them', async () => {
      const { item, one, write, rest, versions } = await stage()
      await write(one.userId, 'et', 1)
      await keepNow(item.id, one.userId)
      expect(await rest(20)).toBe(0)
      expect(await versions()).toEqual(['submitted jhp: Prøvesag et'])
    })

    test('are kept once by two who look at the same time', async () => {
      const { one, write, rest, versions } = await stage()
      await write(one.userId, 'et', 1)
      const counts = await Promise.all([rest(10), rest(10)])
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
      expect(await versions()).toHaveLength(1)
    })

    test('know their authors also when the log was merged in between', async () => {
      const { item, one, other, write, rest, versions } = await stage()
      await write(one.userId, 'et', 1)
      await compact(db(), item.documentId, condenseLog)
      await write(other.userId, 'to', 1.5)
      expect(await rest(9)).toBe(1)
      expect(await versions()).toEqual(['automatic jhp+chbo: Prøvesag et to'])
      await write(one.userId, 'tre', 10)
      await compact(db(), item.documentId, condenseLog)
      expect(await rest(30)).toBe(1)
      expect((await versions()).at(-1)).toBe('automatic jhp: Prøvesag et to tre')
    })

    test('wait for the next process when one stops, and only where somebody wrote', async () => {
      const { item, one, write, rest } = await stage()
      expect(await unkeptItems()).not.toContain(item.id)
      await write(one.userId, 'et', 1)
      expect(await unkeptItems()).toContain(item.id)
      await compact(db(), item.documentId, condenseLog)
      expect(await unkeptItems()).toContain(item.id)
      await rest(20)
      expect(await unkeptItems()).not.toContain(item.id)
    })
  })

  describe('a kept state', () => {
    test('takes less room, reads back whole, and one from before packing is still read', async () => {
      const { item, one } = await stage()
      const versionId = await keepNow(item.id, one.userId)
      const row = await db().version.findUniqueOrThrow({ where: { id: versionId } })
      const state = (await sentStates(db(), [versionId])).get(versionId)?.state ?? new Uint8Array()
      expect(row.packing).toBe('deflate')
      expect(row.state.length).toBeLessThan(state.length)
      const plain = await db().version.create({
        data: {
          itemId: item.id,
          reason: 'submitted',
          contentHash: row.contentHash,
          content: row.content ?? {},
          frame: row.frame ?? {},
          state,
          checksum: (await import('./hash.ts')).checksum(state),
          userId: one.userId,
        },
      })
      expect((await sentStates(db(), [plain.id])).get(plain.id)?.state).toEqual(state)
      const defects = []
      for await (const { id, defect } of verifyVersions()) {
        if ([versionId, plain.id].includes(id)) defects.push(defect)
      }
      expect(defects).toEqual([null, null])
    })
  })
})
