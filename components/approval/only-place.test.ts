import { expect, test } from 'vitest'
import { onlyPlace } from './only-place.ts'

test.each([
  ['once', 'At rådet godkender', 'rådet', { from: 3, to: 8 }],
  ['over two blocks', 'Et\nTo', 'Et\nTo', { from: 0, to: 5 }],
  ['twice', 'Rådet og rådet, rådet', 'rådet', null],
  ['overlapping itself', 'aaa', 'aa', null],
  ['not at all', 'At rådet godkender', 'udvalget', null],
  ['nothing', 'At rådet godkender', '', null],
  ['too much', 'a'.repeat(2001), 'a'.repeat(2001), null],
])('words that stand there %s', (_, text, words, place) => {
  expect(onlyPlace(text, words)).toEqual(place)
})
