import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LogEntry } from '@/lib/agenda/doc-store.ts'
import { Journal, type Writer } from './journal.ts'

const writer = newWriter('one')

let refused: string[]
let full: boolean[]

function newWriter(name: string): Writer {
  return {
    savesFail: () => undefined,
    documentClosed: () => undefined,
    lineRefused: () => refused.push(name),
  }
}

let journal: Journal
let told: string[]
/** Ends the append under way: the database took it, or it did not. */
let answers: { taken: () => void; failed: (error: Error) => void }[]
let appended: string[][]

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  refused = []
  full = []
  answers = []
  appended = []
  journal = new Journal({
    append: (entries) => {
      appended.push(entries.map(({ documentId }) => documentId))
      return new Promise((taken, failed) => answers.push({ taken, failed }))
    },
    gatherFor: 1,
    batchEvery: 0,
    enough: 1,
    maxLines: 1000,
    maxBytes: 100_000_000,
    full: (isFull) => full.push(isFull),
    firstPause: 100,
    longestPause: 400,
    lateAfter: 3000,
    failed: () => undefined,
  })
})

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const moment = () => vi.advanceTimersByTimeAsync(5)

/** Puts a line of this name at the end; an empty one brings the document nothing. */
function queue(name: string, { isEmpty = false, bytes = 1, by = writer } = {}): void {
  const entry: LogEntry = {
    itemId: name,
    generation: 1,
    documentId: name,
    data: new Uint8Array(bytes),
    userId: null,
  }
  journal.write({ writer: by, entry: isEmpty ? null : entry, committed: () => told.push(name) })
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
  expect([told, appended]).toEqual([[], [['first'], ['first']]])
  answers[1]?.taken()
  await moment()
  answers[2]?.taken()
  await moment()
  expect(told).toEqual(['first', 'second', 'empty', 'late'])
  expect(appended).toEqual([['first'], ['first'], ['second']])
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

/** A database that takes every line but those of these names. */
function appendAllBut(...poison: string[]): Journal {
  return new Journal({
    append: async (entries) => {
      appended.push(entries.map(({ documentId }) => documentId))
      if (entries.some(({ documentId }) => poison.includes(documentId))) throw new Error('Not this one')
    },
    gatherFor: 1,
    batchEvery: 0,
    enough: 1,
    maxLines: 10,
    maxBytes: 1000,
    full: (isFull) => full.push(isFull),
    firstPause: 100,
    longestPause: 400,
    lateAfter: 3000,
    failed: () => undefined,
  })
}

test('[R31] what comes soon after a batch waits for company, but not once it is many', async () => {
  const batches: number[] = []
  journal = new Journal({
    append: async (entries) => {
      batches.push(entries.length)
      await new Promise((resolve) => setTimeout(resolve, 2))
    },
    gatherFor: 1,
    batchEvery: 50,
    enough: 4,
    maxLines: 100,
    maxBytes: 1000,
    full: () => undefined,
    firstPause: 100,
    longestPause: 400,
    lateAfter: 3000,
    failed: () => undefined,
  })
  queue('a')
  await vi.advanceTimersByTimeAsync(2)
  queue('b')
  await vi.advanceTimersByTimeAsync(40)
  expect(batches).toEqual([1])
  await vi.advanceTimersByTimeAsync(10)
  expect(batches).toEqual([1, 1])
  for (const name of ['c', 'd', 'e']) queue(name)
  await vi.advanceTimersByTimeAsync(5)
  expect(batches).toEqual([1, 1])
  queue('f')
  await vi.advanceTimersByTimeAsync(5)
  expect(batches).toEqual([1, 1, 4])
  await vi.advanceTimersByTimeAsync(50)
})

test('[R37] a line that is refused while others are taken costs its writer, and the others are saved', async () => {
  journal = appendAllBut('poison')
  const [bad, good] = [newWriter('bad'), newWriter('good')]
  queue('before', { by: bad })
  for (const name of ['a', 'b', 'c']) queue(name, { by: good })
  queue('poison', { by: bad })
  queue('behind', { by: bad })
  for (const name of ['d', 'e', 'f', 'g', 'h']) queue(name, { by: good })
  await vi.advanceTimersByTimeAsync(300)
  expect(told).toEqual(['before', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  expect(refused).toEqual(['bad'])
  expect([journal.holds(bad), journal.holds(good), journal.isFailing]).toEqual([false, false, false])
})

test('[R37] while nobody’s lines are taken nobody is refused, however long it lasts', async () => {
  journal = appendAllBut('a', 'b', 'c')
  const writers = ['a', 'b', 'c'].map((name) => {
    const by = newWriter(name)
    queue(name, { by })
    return by
  })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([told, refused]).toEqual([[], []])
  expect(writers.every((by) => journal.holds(by))).toBe(true)
  expect(appended.length).toBeLessThan(500)
  vi.clearAllTimers()
})

test('[R37] a lone writer’s refused line waits until others show whose fault it is', async () => {
  journal = appendAllBut('poison')
  const [bad, good] = [newWriter('bad'), newWriter('good')]
  queue('poison', { by: bad })
  await vi.advanceTimersByTimeAsync(5000)
  expect([refused, journal.isFailing]).toEqual([[], true])
  for (const name of ['a', 'b', 'c', 'd']) {
    queue(name, { by: good })
    await vi.advanceTimersByTimeAsync(1000)
  }
  expect([refused, told]).toEqual([['bad'], ['a', 'b', 'c', 'd']])
})

test('[R38] the journal says when it is full, by lines or by bytes, and when half of it is saved', async () => {
  for (let at = 0; at < 999; at++) queue(`${at}`)
  expect(full).toEqual([])
  queue('last')
  expect(full).toEqual([true])
  await moment()
  answers[0]?.taken()
  await moment()
  expect(full).toEqual([true, false])
  answers[1]?.taken()
  await moment()
  queue('huge', { bytes: 100_000_000 })
  expect(full).toEqual([true, false, true])
  await moment()
  answers[2]?.taken()
  await moment()
  expect([full, journal.backlog]).toEqual([[true, false, true, false], { lines: 0, bytes: 0 }])
})

test('[R39] a save that takes long is told of as failing, and as working when it is taken', async () => {
  const says: string[] = []
  const by = (name: string): Writer => ({
    ...newWriter(name),
    savesFail: (isFailing) => says.push(`${name} ${isFailing ? 'fails' : 'works'}`),
  })
  queue('a', { by: by('one') })
  await vi.advanceTimersByTimeAsync(2900)
  expect(says).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  queue('b', { by: by('other') })
  expect(says).toEqual(['one fails', 'other fails'])
  answers[0]?.taken()
  await moment()
  expect(says).toEqual(['one fails', 'other fails', 'one works', 'other works'])
  answers[1]?.taken()
  await moment()
})
