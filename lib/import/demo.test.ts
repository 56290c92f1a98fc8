import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeAgendaFile } from './decode.ts'
import { readAgendaText } from './rules.ts'
import type { AgendaText, Block, ItemText } from './schema.ts'

describe('The demo agenda', () => {
  const agenda = readDemo()
  const items = agenda.sections.flatMap((section) => section.items)
  const blocks = items.flatMap(({ background, recommendation, presentation }) =>
    [background, recommendation, presentation].flatMap((field) => field ?? []),
  )

  it('imports with every line placed', () => {
    expect(agenda.account).toEqual({ lines: 292, placed: 292, unplaced: [] })
  })

  it('has 7 sections, one of them empty, and 9 items', () => {
    expect(agenda.sections.map(({ title, items }) => [title, items.length])).toEqual([
      ['Godkendelse af referat', 1],
      ['Siden sidst', 1],
      ['Regionalpolitiske sager', 4],
      ['Udpegninger', 1],
      ['KKR', 0],
      ['Punkter til næste møde', 1],
      ['Eventuelt', 1],
    ])
    expect(items.map((item) => item.title)).toEqual([
      'Godkendelse af referat fra møde i KKR Midtjylland den 18. september 2026',
      'Orientering fra formandskabet',
      'Temadrøftelse om vand i landskabet, når skybrud, stigende grundvand og stormflod skal håndteres på tværs af kommunegrænser og ejerforhold',
      'Kulturpagt Midt 2.0 - opfølgning på 2025-2026 og forslag til ny kulturpagt for hele regionen',
      'Status på KKR Midtjyllands indsats for flere faglærte',
      'Fælles indkøb af velfærdsteknologi',
      'Udpegning til bestyrelsen for Midtjysk Teaterforening',
      'Foreløbig sagsliste til det næste møde i KKR Midtjylland i februar',
      'Eventuelt',
    ])
  })

  it('has blocks of every kind in these numbers', () => {
    const count = (kind: string) => blocks.filter((block) => kind in block).length
    expect(['paragraph', 'heading', 'bullets', 'numbers'].map(count)).toEqual([51, 8, 10, 1])
    expect(agenda.preface.map((block) => Object.keys(block)[0])).toEqual([
      'heading',
      'paragraph',
      'heading',
      'paragraph',
    ])
  })

  it('keeps whole the lists that a page cuts', () => {
    const sizes = items.map((item) => (item.presentation ?? []).map(entriesOf).filter((size) => size > 0))
    expect(sizes).toEqual([[], [4, 3], [3], [2, 5], [4, 5], [], [], [5], []])
  })

  it('gives each annex and link its own address', () => {
    const host = 'https://www.kkr-midtjylland.example'
    expect(items.map((item) => item.annexes.map((annex) => annex.url))).toEqual([
      [],
      [],
      [
        `${host}/media/2117/otte-forslag-vand-og-jord.pdf`,
        `${host}/media/2118/slutrapport-gudenaa-pilotprojekt-endelig-version-med-bilag-og-kort.pdf`,
      ],
      [null, null, null],
      [`${host}/media/2121/initiativer-faglaerte.pdf`],
      [],
      [],
      [],
      [],
    ])
    expect(items.flatMap((item) => item.links)).toEqual([
      { text: 'her', url: `${host}/moeder/referater/2026/referat-18-september-2026/` },
    ])
  })

  it('is as long and awkward as a real one', () => {
    const words = blocks.flatMap(textsOf).join(' ').split(/\s+/u).length
    expect(words).toBeGreaterThan(1700)
    expect(agenda.hyphens.joined).toHaveLength(43)
    expect(agenda.hyphens.kept.map(({ word }) => word)).toEqual(['2019-2025'])
  })
})

function readDemo(): AgendaText {
  const file = decodeAgendaFile(readFileSync(new URL('../../prisma/demo/agenda.txt', import.meta.url)))
  const read = file.ok ? readAgendaText(file.text) : file
  if (!read.ok) throw new Error(read.reason)
  return read.agenda
}

function textsOf(block: Block): string[] {
  return Object.values(block).flat()
}

function entriesOf(block: NonNullable<ItemText['presentation']>[number]): number {
  return 'bullets' in block || 'numbers' in block ? textsOf(block).length : 0
}
