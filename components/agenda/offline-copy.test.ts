import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { metaMap } from '@/lib/agenda/doc.ts'
import { forgetCopy, forgetOffline, openCopy, sweepCopies } from './offline-copy.ts'

type Stored = { state: Uint8Array | null; values: Map<string, unknown> }

const browser = vi.hoisted(() => ({ databases: new Map<string, Stored>() }))

/** The browser's databases as y-indexeddb uses them: read later than asked for, and nothing once destroyed. */
vi.mock('y-indexeddb', async () => {
  const { applyUpdate, encodeStateAsUpdate } = await import('yjs')
  class IndexeddbPersistence {
    readonly #stored: Stored
    readonly #store: () => void
    readonly #doc: Y.Doc
    readonly whenSynced: Promise<void>
    constructor(name: string, doc: Y.Doc) {
      this.#stored = browser.databases.get(name) ?? { state: null, values: new Map() }
      browser.databases.set(name, this.#stored)
      this.#doc = doc
      this.#store = () => {
        this.#stored.state = encodeStateAsUpdate(doc)
      }
      this.whenSynced = new Promise((resolve) => setTimeout(resolve, 1)).then(() => {
        if (this.#stored.state) applyUpdate(doc, this.#stored.state, this)
        doc.on('update', this.#store)
      })
    }
    async get(key: string) {
      return this.#stored.values.get(key)
    }
    async set(key: string, value: unknown) {
      this.#stored.values.set(key, value)
    }
    async destroy() {
      this.#doc.off('update', this.#store)
    }
  }
  return { IndexeddbPersistence }
})

const me = { itemId: 'item', userId: 'me' }

beforeEach(() => {
  browser.databases.clear()
  vi.stubGlobal('indexedDB', {
    databases: async () => [...browser.databases.keys()].map((name) => ({ name })),
    deleteDatabase: (name: string) => {
      browser.databases.delete(name)
      const request = { onsuccess: () => {} }
      queueMicrotask(() => request.onsuccess())
      return request
    },
  })
})

afterEach(async () => {
  await forgetOffline()
  vi.unstubAllGlobals()
})

/** A window wrote this in a generation and was closed. */
async function leave(generation: number, caseNumber: string, { unsaved = true, userId = 'me' } = {}) {
  const doc = new Y.Doc()
  const copy = openCopy(doc, { itemId: 'item', generation, userId })
  await copy.loaded
  metaMap(doc).set('caseNumber', caseNumber)
  copy.markUnsaved(unsaved)
  copy.close()
}

const names = () => [...browser.databases.keys()].sort()

test('unsaved words of an earlier generation are told and stay until their author lets go', async () => {
  await leave(1, 'SAG-1')
  await leave(2, 'SAG-2')
  for (const _reload of [1, 2]) {
    const kept = await sweepCopies(me, 2)
    expect(kept.map(({ generation, content }) => [generation, content.caseNumber])).toEqual([[1, 'SAG-1']])
  }
  await forgetCopy({ ...me, generation: 1 })
  expect(names()).toEqual(['item/item/2/me'])
  expect(await sweepCopies(me, 2)).toEqual([])
})

test('an earlier copy with nothing unsaved is deleted, and the present one left alone', async () => {
  await leave(1, 'SAG-1', { unsaved: false })
  await leave(2, 'SAG-2', { unsaved: false })
  expect(await sweepCopies(me, 2)).toEqual([])
  expect(names()).toEqual(['item/item/2/me'])
})

test("another person's unsaved words are not told, and not lost", async () => {
  await leave(1, 'SAG-1', { userId: 'other' })
  await leave(2, 'SAG-2', { userId: 'other', unsaved: false })
  expect(await sweepCopies(me, 2)).toEqual([])
  expect(names()).toEqual(['item/item/1/other'])
})

test('a document that is refused before its copy is read does not call the copy saved', async () => {
  await leave(1, 'SAG-1')
  const copy = openCopy(new Y.Doc(), { ...me, generation: 1 })
  copy.markUnsaved(false)
  expect(await copy.loaded).toEqual({ hasWords: true, hasUnsaved: true })
  copy.close()
  expect(await sweepCopies(me, 2)).toHaveLength(1)
})

test('sign-out leaves no copy behind, kept or not', async () => {
  await leave(1, 'SAG-1')
  await leave(2, 'SAG-2')
  await forgetOffline()
  expect(names()).toEqual([])
})
