import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { ItemConnection, SaveState } from './connection.ts'
import { OpenItems } from './open-items.ts'

type Line = { tell: (state: SaveState) => void; isClosed: boolean }

let lines: Line[]
vi.mock('./connection.ts', () => ({ openItem: () => openLine() }))

function openLine(): ItemConnection {
  const doc = new Y.Doc()
  const listeners = new Set<() => void>()
  let state: SaveState = { status: 'saved', at: null }
  const line: Line = {
    isClosed: false,
    tell: (next) => {
      state = next
      for (const listener of listeners) listener()
    },
  }
  lines.push(line)
  const connection = { doc, ready: Promise.resolve(), saveState: () => state }
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
  lines = []
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
