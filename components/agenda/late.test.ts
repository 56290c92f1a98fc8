import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startLate } from './late.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** Something that fails to come so many times, and what was told of it. */
function late(failures: number) {
  let left = failures
  const told: string[] = []
  const load = async () => {
    told.push('asked')
    if (left-- > 0) throw new Error('The network is gone')
    return 'room'
  }
  const start = (value: string, again: boolean) => {
    told.push(again ? `${value} at last` : value)
    return () => told.push('stopped')
  }
  return { told, stop: startLate({ load, start, onFailed: () => told.push('failed') }) }
}

test('what comes at once is begun once, and stopped when the page is left', async () => {
  const { told, stop } = late(0)
  await vi.advanceTimersByTimeAsync(60_000)
  stop()
  expect(told).toEqual(['asked', 'room', 'stopped'])
})

test('what fails to come is told and asked for until it comes', async () => {
  const { told } = late(2)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual(['asked', 'failed', 'asked', 'failed', 'asked', 'room at last'])
})

test('a page that was left asks no more and begins nothing', async () => {
  const failed = late(1)
  await vi.advanceTimersByTimeAsync(1000)
  failed.stop()
  const slow = late(0)
  slow.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([failed.told, slow.told]).toEqual([['asked', 'failed'], ['asked']])
})
