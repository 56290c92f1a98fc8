import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { emptyContent, metaMap } from '@/lib/agenda/doc.ts'
import type { ItemConnection, SaveState } from './connection.ts'
import type { KeptWords } from './offline-copy.ts'
import { OpenItems } from './open-items.ts'

type Line = {
  tell: (state: SaveState) => void
  write: (caseNumber: string) => void
  isClosed: boolean
}

let lines: Line[]
let copies: KeptWords[]
let forgotten: number[]
vi.mock('./connection.ts', () => ({ openItem: () => openLine() }))
vi.mock('./offline-copy.ts', () => ({
  sweepCopies: async (_mine: unknown, before: number) =>
    copies.filter(({ generation }) => generation < before),
  forgetCopy: async ({ generation }: { generation: number }) => {
    forgotten.push(generation)
  },
}))

function openLine(): ItemConnection {
  const doc = new Y.Doc()
  const listeners = new Set<() => void>()
  let state: SaveState = { status: 'saved', at: null }
  let hasUnsaved = false
  const line: Line = {
    isClosed: false,
    write: (caseNumber) => {
      metaMap(doc).set('caseNumber', caseNumber)
      hasUnsaved = true
    },
    tell: (next) => {
      state = next
      for (const listener of listeners) listener()
    },
  }
  lines.push(line)
  const connection = { doc, ready: Promise.resolve(), saveState: () => state, hasUnsaved: () => hasUnsaved }
  return {
    ...connection,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      line.isClosed = true
    },
  } as unknown as ItemConnection
}

const request = { itemId: 'item', generation: 1, write: true, keepOffline: true }
const refused = { status: 'refused', code: 4403 } as const
let items: OpenItems

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('indexedDB', {})
  lines = []
  copies = []
  forgotten = []
  items = new OpenItems('user')
  items.want(request)
})

afterEach(() => {
  items.closeAll()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('an item that left the screen is closed later, and is the same when it returns in time', () => {
  items.release('item')
  vi.advanceTimersByTime(4000)
  items.want(request)
  vi.advanceTimersByTime(60_000)
  expect(lines.map((line) => line.isClosed)).toEqual([false])
  items.release('item')
  vi.advanceTimersByTime(6000)
  expect(lines.map((line) => line.isClosed)).toEqual([true])
})

test.each([
  ['saving', { status: 'saving' }],
  ['failing', { status: 'failing' }],
  ['offline with words waiting', { status: 'offline', waiting: true }],
] satisfies [string, SaveState][])('an item that is %s is never closed', (_name, state) => {
  lines[0]?.tell(state)
  items.release('item')
  vi.advanceTimersByTime(60_000)
  expect(lines[0]?.isClosed).toBe(false)
})

test('a deleted item no longer shows as refused once it has left the agenda', () => {
  lines[0]?.tell(refused)
  expect(items.saveState()).toEqual(refused)
  items.release('item')
  vi.advanceTimersByTime(6000)
  expect([lines[0]?.isClosed, items.saveState().status]).toEqual([true, 'saved'])
})

test('a deleted item that is brought back is asked for anew', () => {
  lines[0]?.tell(refused)
  items.release('item')
  items.want(request)
  expect(lines.map((line) => line.isClosed)).toEqual([true, false])
  expect(items.saveState().status).toBe('saved')
})

const waiting = { status: 'offline', waiting: true } as const
const kept = () => items.keptAside('item').map((one) => [one.generation, one.content.caseNumber])
const reopened = { ...request, generation: 2 }

test('unsaved words of an item that was closed or opened meanwhile are kept aside', () => {
  lines[0]?.write('SAG-1')
  lines[0]?.tell(waiting)
  items.want({ ...reopened, keepOffline: false })
  lines[1]?.write('SAG-2')
  items.want({ ...request, generation: 3 })
  expect(kept()).toEqual([
    [1, 'SAG-1'],
    [2, 'SAG-2'],
  ])
  expect(items.keptAside('item')).toBe(items.keptAside('item'))
})

test('an item without unsaved words leaves nothing aside', () => {
  items.want(reopened)
  expect(kept()).toEqual([])
})

test('unsaved words are kept aside when the right to write goes, and carried on by the copy when it returns', () => {
  lines[0]?.write('SAG-1')
  items.want({ ...request, write: false })
  expect(kept()).toEqual([[1, 'SAG-1']])
  items.want(request)
  expect(kept()).toEqual([])
})

test('a refused item that leaves the screen leaves its unsaved words behind', () => {
  lines[0]?.write('SAG-1')
  lines[0]?.tell(refused)
  items.release('item')
  vi.advanceTimersByTime(6000)
  expect([lines[0]?.isClosed, kept()]).toEqual([true, [[1, 'SAG-1']]])
})

test('what an earlier window left is found once, and not beside the same generation of this window', async () => {
  const caseNumber = 'SAG-0'
  copies = [{ generation: 1, content: { ...emptyContent, caseNumber } }]
  lines[0]?.write('SAG-1')
  items.want(reopened)
  await vi.advanceTimersByTimeAsync(0)
  expect(kept()).toEqual([[1, 'SAG-1']])
  items = new OpenItems('user')
  items.want(reopened)
  await vi.advanceTimersByTimeAsync(0)
  await items.findKept('item', 2)
  expect(kept()).toEqual([[1, 'SAG-0']])
})

test('what its author lets go of is gone from the browser too', async () => {
  lines[0]?.write('SAG-1')
  items.want(reopened)
  await items.letGo('item')
  expect([kept(), forgotten]).toEqual([[], [1]])
})
