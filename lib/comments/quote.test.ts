import { describe, expect, it } from 'vitest'
import { findQuote, saysSame } from './quote.ts'

const near = (at: number) => ({ from: at, to: at })

describe('findQuote', () => {
  it.each([
    [
      'stands once and is long',
      'Rådet drøfter en strategi fra 2020.',
      'en strategi fra 2020',
      null,
      [14, 34],
    ],
    ['stands once, now over two paragraphs', 'en strategi\nfra 2020', 'en strategi fra 2020', null, [0, 20]],
    ['joined without a space', 'enstrategifra2020', 'en strategi fra 2020', null, [0, 17]],
    ['stands twice', 'en strategi fra nu, en strategi fra nu', 'en strategi fra nu', null, null],
    ['twice, one near', 'en strategi fra nu, en strategi fra nu', 'en strategi fra nu', near(20), [20, 38]],
    ['twice, near both', 'jaja', 'ja', near(2), null],
    ['too short to tell', 'KKR drøfter sagen.', 'KKR', null, null],
    ['short, where it was', 'KKR drøfter sagen.', 'KKR', near(3), [0, 3]],
    ['short, over a line end from where it was', 'første\nKKR', 'KKR', near(6), [7, 10]],
    ['short, elsewhere', 'KKR drøfter sagen.', 'KKR', near(9), null],
    ['gone', 'Noget andet.', 'en strategi fra 2020', near(0), null],
    ['nothing quoted', 'Noget andet.', '  ', near(0), null],
  ] as const)('%s', (_, text, quote, at, expected) => {
    const place = findQuote(text, quote, at)
    expect(place && [place.from, place.to]).toEqual(expected)
  })

  it('compares words without spaces and line ends', () => {
    expect(saysSame('en\nto ', 'en to')).toBe(true)
    expect(saysSame('en to', 'en tre')).toBe(false)
  })
})
