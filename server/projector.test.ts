import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Projector } from './projector.ts'

let runs: string[]
let told: string[]
let failures: unknown[]
let answer: () => Promise<{ changed: boolean; meetingId: string }>
let projector: Projector

beforeEach(() => {
  vi.useFakeTimers()
  runs = []
  told = []
  failures = []
  answer = async () => ({ changed: true, meetingId: 'meeting' })
  projector = new Projector({
    projectAfter: 120,
    projectWithin: 500,
    project: (itemId) => {
      runs.push(itemId)
      return answer()
    },
    changed: (meetingId) => told.push(meetingId),
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
  expect([runs, told]).toEqual([['a'], ['meeting']])
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

test('[R61] nobody is told when nothing changed', async () => {
  answer = async () => ({ changed: false, meetingId: 'meeting' })
  projector.touch('a')
  await vi.advanceTimersByTimeAsync(200)
  expect([runs, told]).toEqual([['a'], []])
})

test('an item is projected by one at a time, and once more for what came meanwhile', async () => {
  let finish = () => {}
  answer = () =>
    new Promise((resolve) => {
      finish = () => resolve({ changed: true, meetingId: 'meeting' })
    })
  projector.touch('a')
  await vi.advanceTimersByTimeAsync(200)
  projector.touch('a')
  projector.touch('b')
  await vi.advanceTimersByTimeAsync(200)
  expect(runs).toEqual(['a', 'b'])
  answer = async () => ({ changed: true, meetingId: 'other' })
  finish()
  await vi.advanceTimersByTimeAsync(1)
  expect(runs).toEqual(['a', 'b'])
})

test('a projection that fails is reported, and the next word tries again', async () => {
  answer = () => Promise.reject(new Error('The store is away'))
  projector.touch('a')
  await vi.advanceTimersByTimeAsync(200)
  expect([failures.length, told]).toEqual([1, []])
  answer = async () => ({ changed: true, meetingId: 'meeting' })
  projector.touch('a')
  await projector.flush()
  expect(told).toEqual(['meeting'])
})
