import { describe, expect, test } from 'vitest'
import type { ItemReadings } from '@/lib/dispatch/schema.ts'
import { type Mark, marksOf } from './reader-marks.ts'

const at = '2026-11-10T12:00:00.000Z'
const before = '2026-11-09T12:00:00.000Z'
const after = '2026-11-11T12:00:00.000Z'
const item = (contentHash: string | null, submittedAt: string | null = before) => {
  return { id: 'item', contentHash, submittedAt }
}
const read = (contentHash: string): ItemReadings => ({ item: { contentHash, at } })
const other: ItemReadings = { other: { contentHash: 'x', at } }

describe('the mark of an item', () => {
  const cases: [string, ReturnType<typeof item>, ItemReadings, string[], Mark | undefined][] = [
    ['nothing read yet', item('a'), {}, [], 'unread'],
    ['nothing read yet, though it arrived last', item('a'), {}, ['item'], 'unread'],
    ['others read', item('a'), other, [], 'unread'],
    ['others read, arrived with the last edition', item('a'), other, ['item'], 'new'],
    ['others read, sent to review since', item('a', after), other, [], 'new'],
    ['read', item('a'), read('a'), [], 'read'],
    ['read, and arrived with the last edition', item('a'), read('a'), ['item'], 'read'],
    ['read in other words', item('b'), read('a'), [], 'changed'],
    ['not theirs to read', item(null), read('a'), [], undefined],
  ]
  test.each(cases)('%s', (_what, given, readings, arrived, expected) => {
    expect(marksOf([given], readings, new Set(arrived)).get('item')).toBe(expected)
  })
})
