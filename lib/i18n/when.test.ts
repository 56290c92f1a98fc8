import { describe, expect, it } from 'vitest'
import { danishTime } from './when.ts'

describe('danishTime', () => {
  it.each([
    ['2026-12-11T09:30', '2026-12-11T08:30:00.000Z'],
    ['2026-06-19T09:30', '2026-06-19T07:30:00.000Z'],
    ['2026-02-31T09:30', null],
    ['i morgen', null],
    ['', null],
  ])('%s is %s', (local, instant) => {
    expect(danishTime(local)?.toISOString() ?? null).toBe(instant)
  })
})
