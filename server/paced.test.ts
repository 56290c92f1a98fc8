import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Paced } from './paced.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Work that takes so many milliseconds and notes when it began. */
function work(began: number[], ms: number) {
  return () => {
    began.push(performance.now())
    return new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms))
  }
}

test('[R76] work takes no more than its share of the time, and its answer does not wait for the rest', async () => {
  const paced = new Paced({ share: 0.2, longestRest: 1000 })
  const began: number[] = []
  const start = performance.now()
  const first = paced.do(work(began, 10))
  const others = [paced.do(work(began, 20)), paced.do(work(began, 10))]
  await vi.advanceTimersByTimeAsync(10)
  expect(await first).toBe(10)
  await vi.advanceTimersByTimeAsync(1000)
  await Promise.all(others)
  expect(began.map((at) => at - start)).toEqual([0, 50, 150])
})

test('[R76] work that fails fails alone, and the next waits as after any other', async () => {
  const paced = new Paced({ share: 0.5, longestRest: 1000 })
  const began: number[] = []
  const start = performance.now()
  const failing = paced.do(() =>
    work(began, 10)().then(() => {
      throw new Error('no')
    }),
  )
  const isRefused = expect(failing).rejects.toThrow('no')
  const next = paced.do(work(began, 10))
  await vi.advanceTimersByTimeAsync(30)
  await isRefused
  expect(await next).toBe(10)
  expect(began.map((at) => at - start)).toEqual([0, 20])
})

test('[R76] behind a large piece of work it rests no longer than it may', async () => {
  const paced = new Paced({ share: 0.2, longestRest: 100 })
  const began: number[] = []
  const start = performance.now()
  const all = [paced.do(work(began, 500)), paced.do(work(began, 10)), paced.do(work(began, 10))]
  await vi.advanceTimersByTimeAsync(1000)
  await Promise.all(all)
  expect(began.map((at) => at - start)).toEqual([0, 600, 650])
})

test('[R76] in a hurry it rests no more, from the middle of a rest on', async () => {
  const paced = new Paced({ share: 0.01, longestRest: 1000 })
  const began: number[] = []
  const start = performance.now()
  const all = [paced.do(work(began, 10)), paced.do(work(began, 10)), paced.do(work(began, 10))]
  await vi.advanceTimersByTimeAsync(30)
  expect(began).toHaveLength(1)
  paced.hurry()
  await vi.advanceTimersByTimeAsync(20)
  await Promise.all(all)
  expect(began.map((at) => at - start)).toEqual([0, 30, 40])
})
