import { describe, expect, it } from 'vitest'
import { readCaseLine } from './case-line.ts'
import { readLinesAsAgenda } from './testing/sample.ts'

describe('Case lines', () => {
  it.each([
    ['SAG-2019-03640 chbo/jhp', 'SAG-2019-03640', ['chbo', 'jhp']],
    ['22/12345 abc', '22/12345', ['abc']],
    ['SAG-2023-00012', 'SAG-2023-00012', []],
    ['EMN-2021-01234 AB / cdefg', 'EMN-2021-01234', ['AB', 'cdefg']],
    ['Sagsnr.: 22/12345 abc', '22/12345', ['abc']],
    ['00.01.00-A00-12-26 øæå', '00.01.00-A00-12-26', ['øæå']],
    ['1234567 jhp', '1234567', ['jhp']],
  ])('%s is one', (text, caseNumber, caseworkers) => {
    expect(readCaseLine(text)).toEqual({ caseNumber, caseworkers })
  })

  it.each([
    '2018-2019 og',
    '2018-19',
    '19.6.2019',
    'juni 2019',
    'Kulturregion 2.0',
    '2019',
    'møde',
    'SAG-2019-03640 referat',
  ])('%s is none', (text) => {
    expect(readCaseLine(text)).toBeNull()
  })
})

describe('Sections and items', () => {
  const titlesOf = (lines: string[]) =>
    readLinesAsAgenda(lines).sections.map(({ title, items }) => [title, ...items.map((item) => item.title)])

  it('keep titles of three lines together and the case line apart', () => {
    const lines = [
      '1. Sager',
      '',
      '1.1. Temadrøftelse om vand, vej og for-',
      'syning i perioden',
      '2026-2029',
      '22/12345 ab',
    ]
    expect(titlesOf(lines)).toEqual([
      ['Sager', 'Temadrøftelse om vand, vej og forsyning i perioden 2026-2029'],
    ])
  })

  it('are never made of figures in the text', () => {
    const text = [
      '2.0 er navnet på strategien.',
      '',
      '1.2 mio. kr. er afsat.',
      '',
      '2. behandling sker i maj.',
      'Mere.',
    ]
    const lines = ['1. Sager', '', '1.1. En sag', '22/12345 ab', '', 'Baggrund', ...text]
    expect(titlesOf(lines)).toEqual([['Sager', 'En sag']])
  })

  it('count to ten and beyond', () => {
    const items = Array.from({ length: 12 }, (_, index) => ['', `1.${index + 1}. Sag`, '22/12345 ab']).flat()
    const sections = Array.from({ length: 10 }, (_, index) => ` ${index + 2}. Afsnit`)
    const titles = titlesOf(['1. Sager', ...items, ...sections])
    expect(titles.map((title) => title.length)).toEqual([13, ...Array(10).fill(1)])
  })

  it('take an item without a case line when its number is whole and stands apart', () => {
    expect(titlesOf(['1. Sager', '', '1.1. Eventuelt', '', '1.2. Næste møde', 'Baggrund', 'Tekst.'])).toEqual(
      [['Sager', 'Eventuelt', 'Næste møde']],
    )
  })

  it('leave a numbered list alone, also across a page', () => {
    const list = ['Baggrund', 'Punkterne er:', '1. Vand', ' 2. Vej', '3. Varme', '']
    expect(
      titlesOf([
        '1. Sager',
        '',
        '1.1. A',
        '22/12345 ab',
        '',
        ...list,
        ' 2. Eventuelt',
        '',
        '2.1. B',
        '22/12345 ab',
      ]),
    ).toEqual([
      ['Sager', 'A'],
      ['Eventuelt', 'B'],
    ])
  })

  it('list text that belongs to no field as unplaced', () => {
    const { account } = readLinesAsAgenda([
      '1. Sager',
      '',
      'Løs tekst.',
      '',
      '1.1. A',
      '22/12345 ab',
      '',
      'Mere løs tekst.',
    ])
    expect(account).toEqual({
      lines: 5,
      placed: 3,
      unplaced: [
        { line: 5, text: 'Løs tekst.' },
        { line: 15, text: 'Mere løs tekst.' },
      ],
    })
  })
})
