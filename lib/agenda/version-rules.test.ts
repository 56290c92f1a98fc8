import { describe, expect, test } from 'vitest'
import { isFolded, mayBringBack, type Rest, restsOf, type Writing } from './version-rules.ts'

const minute = 60_000
const at = (minutes: number) => new Date(Date.UTC(2026, 1, 2, 9, 0) + minutes * minute)

/** A person who wrote from one minute to another, first under this number of the log. */
function wrote(userId: string, from: number, to: number, seq?: number): Writing {
  return { userId, first: seq === undefined ? null : { seq: BigInt(seq), at: at(from) }, lastAt: at(to) }
}

const upTo = (seq: number): Rest => ({ keep: 'before', seq: BigInt(seq) })
const now: Rest = { keep: 'now' }

describe('words at rest', () => {
  test.each<[name: string, minutes: number, writings: Writing[], rests: Rest[]]>([
    ['nobody wrote', 600, [], []],
    ['one is writing', 4, [wrote('a', 0, 4, 1)], []],
    ['a short pause', 8, [wrote('a', 0, 4, 1)], []],
    ['a pause', 9, [wrote('a', 0, 4, 1)], [now]],
    ['a stretch without a pause', 31, [wrote('a', 0, 31, 1)], [now]],
    ['just less than a stretch', 29, [wrote('a', 0, 29, 1)], []],
    ['two at the same time', 4, [wrote('a', 0, 4, 1), wrote('b', 1, 4, 5)], []],
    ['one takes over', 6, [wrote('a', 0, 4, 1), wrote('b', 5, 6, 9)], [upTo(9)]],
    ['one comes half a minute after', 6, [wrote('a', 0, 4.5, 1), wrote('b', 5, 6, 9)], []],
    ['one takes over and rests too', 20, [wrote('a', 0, 4, 1), wrote('b', 5, 6, 9)], [upTo(9), now]],
    ['one takes over late in a stretch', 40, [wrote('a', 0, 34, 1), wrote('b', 36, 40, 9)], [upTo(9)]],
    ['one takes over and the first comes back', 8, [wrote('a', 0, 8, 1), wrote('b', 5, 7, 9)], []],
    [
      'a third takes over from two',
      9,
      [wrote('a', 0, 4, 1), wrote('b', 2, 5, 4), wrote('c', 8, 9, 12)],
      [upTo(12)],
    ],
    ['where they began is no longer known', 6, [wrote('a', 0, 4), wrote('b', 5, 6)], []],
    ['a known newcomer after merged rows', 6, [wrote('a', 0, 4), wrote('b', 5, 6, 9)], [upTo(9)]],
  ])('%s', (_name, minutes, writings, expected) => {
    expect(restsOf({ now: at(minutes), keptAt: at(0), writings })).toEqual(expected)
  })
})

test.each([
  ['automatic', null, true],
  ['automatic', 'Før ferien', false],
  ['submitted', null, false],
  ['named', 'Første udkast', false],
  ['restored', null, false],
] as const)('a version kept as %s and called %s: is it folded away? %s', (reason, name, folded) => {
  expect(isFolded({ reason, name })).toBe(folded)
})

test.each([
  ['open', 'open', true],
  ['open', 'closed', true],
  ['closed', 'closed', true],
  ['closed', 'open', false],
] as const)('words kept while %s come into an item that is %s: %s', (kept, present, may) => {
  expect(mayBringBack(kept, present)).toBe(may)
})
