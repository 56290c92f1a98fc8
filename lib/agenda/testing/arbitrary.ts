import fc from 'fast-check'
import type { Block, Cell, Inline, ListItem, Mark, Row } from '@/lib/agenda/prose.ts'

/** Bold, and nothing else. */
export const bold: Mark[] = [{ type: 'bold' }]

const word = fc.constantFrom(
  'strategi',
  'for',
  'hele',
  'perioden',
  '2020-2023',
  'Ærø',
  'e\u0301n',
  '1,23',
  'mio.',
  'kr.',
)
/** A few words, or none. */
export const words = fc.array(word, { maxLength: 7 }).map((list) => list.join(' '))
const marks = fc.constantFrom<Mark[]>(
  [],
  bold,
  [{ type: 'italic' }],
  [{ type: 'link', attrs: { href: 'https://kl.dk' } }],
)
const inline: fc.Arbitrary<Inline> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(words, marks)
      .map(([text, m]): Inline => ({ type: 'text', text: `${text} `, ...(m.length && { marks: m }) })),
  },
  { weight: 1, arbitrary: fc.constant<Inline>({ type: 'hardBreak' }) },
)
const paragraph: fc.Arbitrary<Block> = fc
  .array(inline, { maxLength: 3 })
  .map((content) => ({ type: 'paragraph', content }))
const heading: fc.Arbitrary<Block> = fc
  .array(inline, { maxLength: 2 })
  .map((content) => ({ type: 'heading', attrs: { level: 3 }, content }))
const list: fc.Arbitrary<Block> = fc
  .tuple(
    fc.constantFrom('bulletList' as const, 'orderedList' as const),
    fc.array(fc.array(paragraph, { minLength: 1, maxLength: 2 }), { maxLength: 4 }),
  )
  .map(([type, items]) => ({
    type,
    content: items.map((content): ListItem => ({ type: 'listItem', content })),
  }))
const grid: fc.Arbitrary<Block> = fc
  .array(fc.array(fc.tuple(fc.boolean(), paragraph), { maxLength: 3 }), { maxLength: 3 })
  .map((rows) => ({
    type: 'table',
    content: rows.map(
      (cells): Row => ({
        type: 'tableRow',
        content: cells.map(
          ([head, block]): Cell => ({ type: head ? 'tableHeader' : 'tableCell', content: [block] }),
        ),
      }),
    ),
  }))
/** What a field may hold: paragraphs, headings, lists and tables with all looks. */
export const fieldBlocks = fc.array(fc.oneof({ weight: 4, arbitrary: paragraph }, heading, list, grid), {
  maxLength: 5,
})
