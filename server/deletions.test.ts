import { expect, test } from 'vitest'
import { Deletions } from './deletions.ts'
import type { UpdateParts } from './protocol.ts'
import { chance } from './testing/chance.ts'

const deletions = (client: number, ...runs: [clock: number, len: number][]): Pick<UpdateParts, 'ds'> => ({
  ds: Object.assign({ clients: new Map() } as UpdateParts['ds'], {
    clients: new Map([[client, runs.map(([clock, len]) => ({ clock, len }))]]),
  }),
})

test.each([
  ['the same', [[5, 3]], [5, 3], true],
  ['a part', [[5, 3]], [6, 1], true],
  ['one more in front', [[5, 3]], [4, 2], false],
  ['one more behind', [[5, 3]], [7, 2], false],
  [
    'runs that touch',
    [
      [0, 5],
      [5, 5],
    ],
    [3, 4],
    true,
  ],
  [
    'runs that touch, the later first',
    [
      [5, 5],
      [0, 5],
    ],
    [0, 10],
    true,
  ],
  [
    'runs that overlap',
    [
      [0, 6],
      [4, 6],
    ],
    [0, 10],
    true,
  ],
  [
    'runs with a gap',
    [
      [0, 4],
      [5, 5],
    ],
    [3, 3],
    false,
  ],
  [
    'a gap that was filled',
    [
      [0, 4],
      [5, 5],
      [4, 1],
    ],
    [0, 10],
    true,
  ],
  [
    'one between two',
    [
      [0, 2],
      [8, 2],
      [4, 2],
    ],
    [4, 2],
    true,
  ],
  ['behind all', [[0, 2]], [2, 1], false],
] as [string, [number, number][], [number, number], boolean][])('%s', (_, known, asked, answer) => {
  const all = new Deletions(deletions(1))
  for (const run of known) all.add(deletions(1, run))
  expect(all.has(deletions(1, asked))).toBe(answer)
  expect(all.has(deletions(2, asked))).toBe(false)
  expect(all.has(deletions(2))).toBe(true)
})

test('any runs in any order are known as a set of their letters would be', () => {
  const below = chance(11)
  for (let round = 0; round < 200; round++) {
    const all = new Deletions(deletions(1))
    const letters = new Set<number>()
    for (let at = 0; at < 12; at++) {
      const [clock, len] = [below(40), 1 + below(6)]
      all.add(deletions(1, [clock, len]))
      for (let letter = clock; letter < clock + len; letter++) letters.add(letter)
      const [from, count] = [below(46), 1 + below(6)]
      const isThere = Array.from({ length: count }, (_, next) => from + next).every((one) => letters.has(one))
      expect(all.has(deletions(1, [from, count]))).toBe(isThere)
    }
  }
})
