import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Projector } from './projector.ts'

let runs: string[]
let failures: unknown[]
let answer: () => Promise<void>
let projector: Projector

beforeEach(() => {
  vi.useFakeTimers()
  runs = []
  failures = []
  answer = async () => undefined
  projector = new Projector({
    projectAfter: 120,
    projectWithin: 500,
    projectShare: 0.2,
    project: (itemId) => {
      runs.push(itemId)
      return answer()
    },
    failed: (error) => failures.push(error),
  })
})

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

test('[R60] the projection waits for the last word', async () => {
  projector.touch('a')
  await vi.advanceTimersByTimeAsync(100)
  projector.touch('a')
  await vi.advanceTimersByTimeAsync(119)
  expect(runs).toEqual([])
  await vi.advanceTimersByTimeAsync(121)
  expect(runs).toEqual(['a'])
})

test('[R60] words that keep coming are projected every half second', async () => {
  for (let at = 0; at < 100; at++) {
    projector.touch('a')
    await vi.advanceTimersByTimeAsync(20)
  }
  expect(runs.length).toBeGreaterThanOrEqual(3)
  expect(runs.length).toBeLessThanOrEqual(4)
  await projector.flush()
})

test('an item is projected by one at a time, and once more for what came meanwhile', async () => {
  const finish: (() => void)[] = []
  answer = () => new Promise((resolve) => finish.push(resolve))
  projector.touch('a')
  await vi.advanceTimersByTimeAsync(200)
  projector.touch('a')
  projector.touch('b')
  await vi.advanceTimersByTimeAsync(200)
  expect(runs).toEqual(['a', 'b'])
  finish[0]?.()
  await vi.advanceTimersByTimeAsync(1)
  expect(runs).toEqual(['a', 'b', 'a'])
})

test('[R60] many items written in at once are each projected less often, within a share of the time', async () => {
  const names = Array.from({ length: 50 }, (_, at) => `item-${at}`)
  answer = () => new Promise((resolve) => setTimeout(resolve, 10))
  for (let at = 0; at < 500; at++) {
    for (const name of names) projector.touch(name)
    await vi.advanceTimersByTimeAsync(20)
  }
  const perSecond = runs.length / 10
  expect(perSecond).toBeLessThanOrEqual(0.2 * 100 * 1.5)
  for (const name of names) expect(runs.filter((run) => run === name).length).toBeGreaterThanOrEqual(3)
  const flushed = projector.flush()
  await vi.advanceTimersByTimeAsync(100)
  await flushed
})

test('[R60] so are many in which one letter is written now and then', async () => {
  const names = Array.from({ length: 100 }, (_, at) => `item-${at}`)
  answer = () => new Promise((resolve) => setTimeout(resolve, 10))
  for (let at = 0; at < 50; at++) {
    for (const name of names) projector.touch(name)
    await vi.advanceTimersByTimeAsync(200)
  }
  expect(runs.length / 10).toBeLessThanOrEqual(0.2 * 100 * 1.5)
  const flushed = projector.flush()
  await vi.advanceTimersByTimeAsync(100)
  await flushed
})

test('a projection that fails is reported, and the next word tries again', async () => {
  answer = () => Promise.reject(new Error('The store is away'))
  projector.touch('a')
  await vi.advanceTimersByTimeAsync(200)
  expect(failures).toHaveLength(1)
  answer = async () => undefined
  projector.touch('a')
  await projector.flush()
  expect(runs).toEqual(['a', 'a'])
})
