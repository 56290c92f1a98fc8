import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountFor, passagesOf } from './account.ts'
import { agendaFileLimit } from './decode.ts'
import { draftAgenda } from './draft.ts'
import { readLines } from './lines.ts'
import { agendaLineLimit, readAgendaText } from './rules.ts'
import { agendaTextSchema, proofLineSchema } from './schema.ts'
import { agendas, layouts } from './testing/agendas.ts'
import { typeset } from './testing/typeset.ts'

/** Lines that look like parts of an agenda, in any order: the reader's rules meet where no agenda would have them. */
const scraps = fc.constantFrom(
  ...[
    '',
    '',
    ' ',
    '1. Sager',
    ' 2. Mere',
    '1.1. En sag',
    '1.2 Sag',
    '2.1. Sag',
    'SAG-2026-00001 jhp',
    '22/12345',
  ],
  ...[
    'Baggrund',
    'Indstilling',
    'Sagsfremstilling',
    './. Notat',
    './.',
    'Udkast',
    '– punkt',
    '1) et',
    '2) to',
    '1. et',
  ],
  ...[
    'https://a.dk',
    'kan ses her',
    'be-',
    'slutning.',
    'En linje.  ',
    '\f',
    'constructor',
    '– ',
    '-',
    '2.0 er',
  ],
)
const scrapText = fc.array(scraps, { maxLength: 60 }).map((lines) => lines.join('\n'))
const mangled = fc.tuple(agendas, layouts, fc.infiniteStream(fc.nat(9))).map(([agenda, layout, dice]) =>
  typeset(agenda, layout)
    .split('\n')
    .filter(() => dice.next().value !== 0)
    .join('\n'),
)
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), scrapText, mangled)

describe('Any text at all', () => {
  it('is refused or accounted for, each line once', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = readAgendaText(text)
        if (!read.ok) return
        const { lines, placed, unplaced } = agendaTextSchema.parse(read.agenda).account
        expect(placed + unplaced.length).toBe(lines)
        expect(read.proof.map((line) => proofLineSchema.parse(line).line)).toEqual(linesWithText(text))
      }),
      { numRuns: 300 },
    )
  })

  it('puts no line in two places and loses none that has one', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = readLines(text)
        const draft = draftAgenda(lines)
        const placed = passagesOf(draft).flatMap((passage) => passage.lines.map((line) => line.number))
        expect(new Set(placed).size).toBe(placed.length)
        expect(accountFor(lines, draft).account.placed).toBe(placed.length)
      }),
      { numRuns: 300 },
    )
  })

  it.each(['Kære alle\nvi ses på mandag.', '1. Sager\n\n2. Mere', 'a,b\n1.1,2.2', '<html></html>'])(
    'is no agenda without a numbered item: %j',
    (text) => {
      expect(readAgendaText(text)).toEqual({ ok: false, reason: 'import-not-an-agenda' })
    },
  )

  it('is empty without a line of text', () => {
    expect(readAgendaText(' \n\n\f')).toEqual({ ok: false, reason: 'import-empty' })
  })

  it.each([
    'a',
    'a ',
    'be-\n',
    '"',
    '1. a\n',
    '1) a\n\n',
    './. A\n',
    'se her\n',
    'https://a.dk\n',
    './. A\nhttps://a.dk\n',
    'Baggrund\n',
    '1.1. Sag\n',
    '– a\n',
    ' 2. A\n\n',
    '2-',
  ])('is read in reasonable time, even as much as may be of %j', (piece) => {
    const head = '1. Sager\n\n1.1. En sag\n22/12345 ab\n\nBaggrund\n'
    const mostLines = piece.includes('\n') ? agendaLineLimit / 2 - 5 : agendaFileLimit
    const most = Math.min(mostLines, (agendaFileLimit - head.length) / piece.length)
    const start = performance.now()
    expect(readAgendaText(head + piece.repeat(Math.floor(most))).ok).toBe(true)
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('is too large with more lines than any agenda has', () => {
    expect(readAgendaText('a\n'.repeat(agendaLineLimit + 1))).toEqual({
      ok: false,
      reason: 'import-too-large',
    })
  })
})

function linesWithText(text: string): number[] {
  return text.split(/\r\n|\n|\r/u).flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]))
}
