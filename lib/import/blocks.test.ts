import { describe, expect, it } from 'vitest'
import { readItem } from './testing/sample.ts'

const full = 'Her står en linje, der er så lang, at det næste ord ikke kunne være der'
const presentation = (lines: string[]) => readItem(['Sagsfremstilling', ...lines]).presentation

describe('Blocks', () => {
  it.each([
    ['en dash', '–'],
    ['hyphen', '-'],
    ['bullet', '•'],
  ])('reads a list marked by %s', (_, mark) => {
    expect(presentation(['Der er:', `${mark} Vand`, `${mark} Vej og`, 'sti'])).toEqual([
      { paragraph: 'Der er:' },
      { bullets: ['Vand', 'Vej og sti'] },
    ])
  })

  it.each([')', '.'])('reads a list numbered by %s', (mark) => {
    expect(presentation(['Der er:', `1${mark} Vand`, `2${mark} Vej`, '', 'Slut.'])).toEqual([
      { paragraph: 'Der er:' },
      { numbers: ['Vand', 'Vej'] },
      { paragraph: 'Slut.' },
    ])
  })

  it('keeps a list whole over a page and opens a new block after it', () => {
    expect(presentation(['Der er:', '– Vand', ' – Vej', '– Varme', ' Kommunerne er enige.'])).toEqual([
      { paragraph: 'Der er:' },
      { bullets: ['Vand', 'Vej', 'Varme'] },
      { paragraph: 'Kommunerne er enige.' },
    ])
  })

  it('goes on with a sentence over a page', () => {
    expect(presentation(['Kommunerne har be-', ' sluttet det.'])).toEqual([
      { paragraph: 'Kommunerne har besluttet det.' },
    ])
  })

  it('takes a dash for the sentence only where the line before is full', () => {
    expect(presentation([full, '– også i dag.'])).toEqual([{ paragraph: `${full} – også i dag.` }])
    expect(presentation(['Vi:', '– drøfter sagen', '– godkender den'])).toEqual([
      { paragraph: 'Vi:' },
      { bullets: ['drøfter sagen', 'godkender den'] },
    ])
  })

  it('never takes a date for a list', () => {
    expect(presentation([full, '1. januar 2027 og', '2. februar 2027.'])).toEqual([
      { paragraph: `${full} 1. januar 2027 og 2. februar 2027.` },
    ])
  })

  it('tells sub-headings from paragraphs without a full stop', () => {
    expect(
      presentation(['Økonomi m.m.', 'Der er afsat penge', '', 'Tidsplan', '', 'Det sker i maj', '']),
    ).toEqual([
      { heading: 'Økonomi m.m.' },
      { paragraph: 'Der er afsat penge' },
      { heading: 'Tidsplan' },
      { paragraph: 'Det sker i maj' },
    ])
  })

  it('parts paragraphs without a gap when the last line is short', () => {
    expect(presentation(['Mødet er den 5. februar.', 'Sagerne følger her.'])).toEqual([
      { paragraph: 'Mødet er den 5. februar.' },
      { paragraph: 'Sagerne følger her.' },
    ])
  })

  it('takes a field heading once; the same word again is a sub-heading', () => {
    expect(readItem(['Baggrund', 'Tekst.', '', 'Sagsfremstilling', 'Baggrund', 'Mere tekst.'])).toMatchObject(
      {
        background: [{ paragraph: 'Tekst.' }],
        presentation: [{ heading: 'Baggrund' }, { paragraph: 'Mere tekst.' }],
      },
    )
  })

  it('leaves absent fields absent', () => {
    expect(readItem([])).toMatchObject({ background: null, recommendation: null, presentation: null })
  })
})
