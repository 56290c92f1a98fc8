import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LogEntry } from '@/lib/agenda/doc-store.ts'
import { Journal, type Writer } from './journal.ts'

const writer: Writer = { savesFail: () => undefined, documentClosed: () => undefined }

let journal: Journal
let told: string[]
/** Ends the append under way: the database took it, or it did not. */
let answers: { taken: () => void; failed: (error: Error) => void }[]
let appended: string[][]

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  answers = []
  appended = []
  journal = new Journal({
    append: (entries) => {
      appended.push(entries.map(({ documentId }) => documentId))
      return new Promise((taken, failed) => answers.push({ taken, failed }))
    },
    gatherFor: 1,
    firstPause: 100,
    longestPause: 400,
    failed: () => undefined,
  })
})

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const moment = () => vi.advanceTimersByTimeAsync(5)

/** Puts a line of this name at the end; an empty one brings the document nothing. */
function queue(name: string, { isEmpty = false, bytes = 1 } = {}): void {
  const entry: LogEntry = {
    itemId: name,
    generation: 1,
    documentId: name,
    data: new Uint8Array(bytes),
    userId: null,
  }
  journal.write({ writer, entry: isEmpty ? null : entry, committed: () => told.push(name) })
}

test('[R30] an empty frame is not told committed before the words it stands behind', async () => {
  queue('words')
  queue('empty', { isEmpty: true })
  expect(told).toEqual([])
  await moment()
  expect([told, appended]).toEqual([[], [['words']]])
  answers[0]?.taken()
  await moment()
  expect(told).toEqual(['words', 'empty'])
})

test('[R32] what is queued during a save, empty or not, waits for its own', async () => {
  queue('first')
  await moment()
  queue('second')
  queue('empty', { isEmpty: true })
  answers[0]?.taken()
  await moment()
  expect([told, appended]).toEqual([['first'], [['first'], ['second']]])
  answers[1]?.taken()
  await moment()
  expect(told).toEqual(['first', 'second', 'empty'])
})

test('[R33] nothing behind a failed save is told committed, and all of it is tried again in its order', async () => {
  queue('first')
  await moment()
  queue('second')
  queue('empty', { isEmpty: true })
  answers[0]?.failed(new Error('The store is away'))
  await moment()
  queue('late', { isEmpty: true })
  await vi.advanceTimersByTimeAsync(100)
  expect([told, appended]).toEqual([[], [['first'], ['first', 'second']]])
  answers[1]?.taken()
  await moment()
  expect(told).toEqual(['first', 'second', 'empty', 'late'])
})

test('[R31] what is too much for one transaction is told committed batch by batch', async () => {
  for (let at = 0; at < 501; at++) queue(`${at}`)
  await moment()
  answers[0]?.taken()
  await moment()
  expect([told.length, appended.map((batch) => batch.length)]).toEqual([500, [500, 1]])
  answers[1]?.taken()
  await moment()
  expect(told.at(-1)).toBe('500')
  expect(journal.holds(writer)).toBe(false)
})

test('[R31] a batch is no larger than its time limit bears, and a line that is goes alone', async () => {
  queue('huge', { bytes: 9 * 1024 * 1024 })
  for (const name of ['a', 'b', 'c']) queue(name, { bytes: 3 * 1024 * 1024 })
  for (const at of [0, 1, 2]) {
    await moment()
    answers[at]?.taken()
  }
  await moment()
  expect(appended).toEqual([['huge'], ['a', 'b'], ['c']])
  expect(told).toEqual(['huge', 'a', 'b', 'c'])
})
