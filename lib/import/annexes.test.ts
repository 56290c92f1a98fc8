import { describe, expect, it } from 'vitest'
import { readItem } from './testing/sample.ts'

const field = ['Sagsfremstilling', 'Teksten er kort.', '']

describe('Annexes and links', () => {
  it('takes every line after "./." for an annex, until a gap', () => {
    const { annexes, presentation } = readItem([...field, './. Notat', 'Udkast til svar', '', 'Mere tekst.'])
    expect(annexes.map(({ title }) => title)).toEqual(['Notat', 'Udkast til svar'])
    expect(presentation).toEqual([{ paragraph: 'Teksten er kort.' }, { paragraph: 'Mere tekst.' }])
  })

  it.each([
    ['in lower case', ['./. Notat om vand', 'og vej'], ['Notat om vand og vej']],
    ['after a hyphen', ['./. Notat om spilde-', 'vand'], ['Notat om spildevand']],
    ['under a marker alone', ['./.', 'Notat', 'Udkast'], ['Notat', 'Udkast']],
    ['after each own marker', ['./. Notat', './. Udkast'], ['Notat', 'Udkast']],
    ['over a page', ['./. Notat', ' Udkast'], ['Notat', 'Udkast']],
    ['in a list', ['./. Notat', '– Udkast'], ['Notat', 'Udkast']],
  ])('reads titles that go on %s', (_, lines, titles) => {
    expect(readItem([...field, ...lines]).annexes.map(({ title }) => title)).toEqual(titles)
  })

  it('gives the addresses at a page end to the annexes of that page in order', () => {
    const { annexes } = readItem([
      ...field,
      './. A',
      'B',
      '',
      'https://a.dk',
      'https://b.dk',
      ' Baggrund',
      'Tekst.',
    ])
    expect(annexes).toEqual([
      { title: 'A', url: 'https://a.dk' },
      { title: 'B', url: 'https://b.dk' },
    ])
  })

  it('does not reach back over a page', () => {
    const item = readItem([...field, './. A', ' Baggrund', 'Tekst.', '', 'https://a.dk'])
    expect(item.annexes).toEqual([{ title: 'A', url: null }])
    expect(item.links).toEqual([{ text: null, url: 'https://a.dk' }])
  })

  it('serves the word "her" before an annex when addresses are too few', () => {
    const item = readItem(['Baggrund', 'Referatet kan ses her.', '', './. A', '', 'https://a.dk'])
    expect(item).toMatchObject({ annexes: [{ url: null }], links: [{ text: 'her', url: 'https://a.dk' }] })
  })

  it('lets "Her" that opens a sentence bear nothing', () => {
    const item = readItem(['Baggrund', 'Her fremlægges en plan.', '', './. A', '', 'https://a.dk'])
    expect(item).toMatchObject({ annexes: [{ url: 'https://a.dk' }], links: [] })
  })

  it('leaves an address inside a sentence in the text', () => {
    expect(readItem(['Baggrund', 'Se https://a.dk for mere.'])).toMatchObject({
      background: [{ paragraph: 'Se https://a.dk for mere.' }],
      links: [],
    })
  })
})
