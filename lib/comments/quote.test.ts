import { describe, expect, it } from 'vitest'
import { contextOf, findQuote, saysSame, settle } from './quote.ts'

const around = (text: string, quote: string) => {
  const from = text.indexOf(quote)
  return contextOf(text, { from, to: from + quote.length })
}
const near = (at: number) => ({ from: at, to: at })

describe('what stood around the words', () => {
  const before = 'Indledning.\nRådet drøfter KKR her.\nSlutning.'
  it.each([
    ['tells a short quote whose paragraph was moved', 'Slutning.\nRådet drøfter KKR her.', [24, 27]],
    ['or joined to another', 'Noget før.Rådet drøfter KKR her.', [24, 27]],
    ['or has changed on one side', 'Helt andet om KKR her.\nSlutning.', [14, 17]],
    ['not when both sides are new', 'Helt andet om KKR i dag.', null],
    ['tells which of two is meant', 'KKR og KKR, drøfter KKR her.', [20, 23]],
    ['not when both stand alike', 'Rådet drøfter KKR her. Rådet drøfter KKR her.', null],
  ] as const)('%s', (_, text, expected) => {
    const place = findQuote(text, 'KKR', { context: around(before, 'KKR') })
    expect(place && [place.from, place.to]).toEqual(expected)
  })
})

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
    const place = findQuote(text, quote, { near: at })
    expect(place && [place.from, place.to]).toEqual(expected)
  })

  it.each([
    ['stands as it is', 'en kort status her', 'kort status', 'kort status', 'kort status'],
    [
      'slipped into the word before',
      'ganske kort status her',
      'ke kort status',
      'kort status',
      'kort status',
    ],
    ['split over two lines', 'ganske kort\nstatus her', 'e kort', 'kort status', 'kort\nstatus'],
    [
      'slipped, and written in',
      'ganske kort og klar status her',
      'ke kort og klar status',
      'kort status',
      'kort og klar status',
    ],
    [
      'slipped at its end',
      'en kort og klar statussag her',
      'kort og klar statuss',
      'kort status',
      'kort og klar status',
    ],
    ['partly deleted', 'en strategi', 'en', 'en plan', 'en'],
    ['a word changed', 'vores strategier her', 'strategier', 'strategien', 'strategier'],
    ['only foreign letters left', 'en ganske siden', 'ke', 'kort status', null],
    ['a part of a word', 'strategierne', 'ategi', 'ategi', 'ategi'],
    ['stands twice in place', 'ja ja', 'ja ja', 'ja', 'ja ja'],
  ])('settles words that %s', (_, text, identity, quote, expected) => {
    const from = text.indexOf(identity)
    const place = settle(text, { from, to: from + identity.length }, quote)
    expect(place && text.slice(place.from, place.to)).toBe(expected)
  })

  it('compares words without spaces and line ends', () => {
    expect(saysSame('en\nto ', 'en to')).toBe(true)
    expect(saysSame('en to', 'en tre')).toBe(false)
  })
})
