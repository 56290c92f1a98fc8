import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyContent, type ItemContent } from '@/lib/agenda/doc.ts'
import type { Block, Cell, Prose } from '@/lib/agenda/prose.ts'
import { canonicalContent, type ItemFrame, writtenFields } from '@/lib/agenda/rules.ts'
import { fieldBlocks as blocks, bold, words } from '@/lib/agenda/testing/arbitrary.ts'
import {
  type BlockDiff,
  type CellDiff,
  type Change,
  type Difference,
  differenceOf,
  type ExactWords,
} from './diff.ts'
import type { Segment } from './words.ts'

const open: ItemFrame = { visibility: 'open', publicTitle: null, annexes: [] }

function p(text: string, marks?: typeof bold): Block {
  return { type: 'paragraph', content: [{ type: 'text', text, ...(marks && { marks }) }] }
}
function bullets(...items: string[]): Block {
  return { type: 'bulletList', content: items.map((text) => ({ type: 'listItem', content: [p(text)] })) }
}
function table(...rows: string[][]): Block {
  const cell = (text: string): Cell => ({ type: 'tableCell', content: [p(text)] })
  return { type: 'table', content: rows.map((row) => ({ type: 'tableRow', content: row.map(cell) })) }
}
function item(
  blocks: Block[],
  change: Partial<ItemContent> = {},
  frame: Partial<ItemFrame> = {},
): ExactWords {
  const presentation: Prose | null = blocks.length ? { type: 'doc', content: blocks } : null
  const fields = { ...emptyContent.fields, presentation }
  return {
    content: { ...emptyContent, title: 'Kulturregion', fields, ...change },
    frame: { ...open, ...frame },
  }
}

/** A difference as one line: [-removed-] and {+added+}. */
function line(segments: Segment[]): string {
  const written = {
    same: (text: string) => text,
    added: (text: string) => `{+${text}+}`,
    removed: (text: string) => `[-${text}-]`,
  }
  return segments.map(({ kind, text }) => written[kind](text)).join('')
}
function lines(blocks: BlockDiff[]): string[] {
  return blocks.flatMap((block) => {
    if ('segments' in block) return [line(block.segments)]
    if (block.type === 'table')
      return block.rows.map(({ cells }) => cells.flatMap((cell) => lines(cell.blocks)).join(' | '))
    return block.items.flatMap(({ blocks: inner }) => lines(inner).map((text) => `– ${text}`))
  })
}
function shown(before: Block[], after: Block[]): string[] {
  return differenceOf(item(before), item(after)).fields.flatMap(({ blocks }) => lines(blocks))
}

const table1: [string, Block[], Block[], string[]][] = [
  ['nothing', [p('Uændret.')], [p('Uændret.')], ['Uændret.']],
  [
    'a word is one word, dashes and figures too',
    [p('strategi for 2020.')],
    [p('strategi for 2020-2023.')],
    ['strategi for [-2020-]{+2020-2023+}.'],
  ],
  [
    'a word is put in',
    [p('en strategi for perioden')],
    [p('en strategi for hele perioden')],
    ['en strategi for {+hele +}perioden'],
  ],
  [
    'neighbours change as one',
    [p('Det er en gammel lille sag om kultur')],
    [p('Det er en ny stor sag om kultur')],
    ['Det er en [-gammel lille-]{+ny stor+} sag om kultur'],
  ],
  [
    'a paragraph is put in',
    [p('Første linje.'), p('Sidste ord her.')],
    [p('Første linje.'), p('Noget ganske andet imellem.'), p('Sidste ord her.')],
    ['Første linje.', '{+Noget ganske andet imellem.+}', 'Sidste ord her.'],
  ],
  [
    'a paragraph is taken out',
    [p('Første linje.'), p('Midterste.'), p('Sidste.')],
    [p('Første linje.'), p('Sidste.')],
    ['Første linje.', '[-Midterste.-]', 'Sidste.'],
  ],
  [
    'another paragraph altogether',
    [p('Regionen bidrager med samme beløb')],
    [p('Hver kommune orienterer byrådet inden jul')],
    ['[-Regionen bidrager med samme beløb-]', '{+Hver kommune orienterer byrådet inden jul+}'],
  ],
  [
    'a list item is put in',
    [bullets('en evaluering', 'en strategi')],
    [bullets('en evaluering', 'et budget for året', 'en strategi')],
    ['– en evaluering', '– {+et budget for året+}', '– en strategi'],
  ],
  [
    'a word in a list item',
    [bullets('en evaluering af samarbejdet')],
    [bullets('en evaluering af hele samarbejdet')],
    ['– en evaluering af {+hele +}samarbejdet'],
  ],
  [
    'a cell',
    [table(['Aarhus', '100'], ['Randers', '50'])],
    [table(['Aarhus', '120'], ['Randers', '50'])],
    ['Aarhus | [-100-]{+120+}', 'Randers | 50'],
  ],
  [
    'a row',
    [table(['Aarhus', '100'], ['Randers', '50'])],
    [table(['Aarhus', '100'], ['Viborg', '40'], ['Randers', '50'])],
    ['Aarhus | 100', '{+Viborg+} | {+40+}', 'Randers | 50'],
  ],
  [
    'a paragraph becomes a list',
    [p('en evaluering')],
    [bullets('en evaluering')],
    ['[-en evaluering-]', '– {+en evaluering+}'],
  ],
  ['bold', [p('status')], [p('status', bold)], ['[-status-]{+status+}']],
  ['empty paragraphs do not count', [p('a'), { type: 'paragraph' }, p('b')], [p('a'), p('b')], ['a', 'b']],
]

describe('the difference between two texts', () => {
  test.each(table1)('%s', (_name, before, after, expected) => {
    expect(shown(before, after)).toEqual(expected)
  })

  test('tells title, kind, visibility and public title', () => {
    const before = item([], { title: 'Kulturregion 1.0', kind: 'discussion' })
    const after = item(
      [],
      { title: 'Kulturregion 2.0', kind: 'decision' },
      { visibility: 'closed', publicTitle: 'Kultur' },
    )
    const difference = differenceOf(before, after)
    expect(line(difference.title)).toBe('Kulturregion [-1.0-]{+2.0+}')
    expect(difference.kind).toEqual({ before: 'discussion', after: 'decision' })
    expect(difference.visibility).toEqual({ before: 'open', after: 'closed' })
    expect(line(difference.publicTitle)).toBe('{+Kultur+}')
    expect(difference.same).toBe(false)
  })

  test('tells annexes that came, went or have another file', () => {
    const annex = (title: string, contentHash = 'x') => ({ title, contentHash })
    const before = item([], {}, { annexes: [annex('Budget'), annex('Strategi'), annex('Kort')] })
    const after = item([], {}, { annexes: [annex('Budget'), annex('Strategi', 'y'), annex('Evaluering')] })
    expect(differenceOf(before, after).annexes.toSorted((a, b) => a.title.localeCompare(b.title))).toEqual([
      { title: 'Budget', change: 'same' },
      { title: 'Evaluering', change: 'added' },
      { title: 'Kort', change: 'removed' },
      { title: 'Strategi', change: 'changed' },
    ])
  })

  test('counts words, and what only looks different by itself', () => {
    const counts = differenceOf(
      item([p('strategi for 2020 og senere'), bullets('en strategi for perioden'), p('status')]),
      item([
        p('strategi for 2020-2023 og senere'),
        bullets('en strategi for hele perioden'),
        p('status', bold),
      ]),
    ).counts
    expect(counts).toEqual({ added: 2, removed: 1, restyled: 1 })
  })

  test('says nothing of what an approval does not cover', () => {
    const difference = differenceOf(
      item([p('a')]),
      item([p('a')], { caseNumber: 'SAG-1', caseworkers: ['jhp'] }),
    )
    expect(difference.same).toBe(true)
  })
})

/** The parts that moved, as their number with what changed on the way, or where they left. */
function moved(before: ExactWords, after: ExactWords): string[] {
  const told: string[] = []
  const tell = (part: { change: Change; move?: { number: number; words: Segment[] } }) => {
    if (part.move)
      told.push(
        `${part.change} ${part.move.number}${part.move.words.length ? ` ${line(part.move.words)}` : ''}`,
      )
  }
  const walk = (block: BlockDiff) => {
    tell(block)
    if ('items' in block) for (const part of block.items) walkAll(part, part.blocks)
    if ('rows' in block)
      for (const part of block.rows)
        walkAll(
          part,
          part.cells.flatMap(({ blocks }) => blocks),
        )
  }
  const walkAll = (part: Parameters<typeof tell>[0], blocks: BlockDiff[]) => {
    tell(part)
    blocks.forEach(walk)
  }
  const difference = differenceOf(before, after)
  for (const { blocks } of difference.fields) blocks.forEach(walk)
  expect(told.filter((line) => line.startsWith('added'))).toHaveLength(difference.moves)
  return told
}

describe('what moved', () => {
  const a = 'Regionen bidrager med samme beløb.'
  const b = 'Hver kommune orienterer byrådet inden jul.'
  const c = 'Sekretariatet samler svarene i et notat.'
  test.each<[string, Block[], Block[], string[]]>([
    ['nothing', [p(a), p(b)], [p(a), p(b)], []],
    ['a paragraph', [p(a), p(b), p(c)], [p(b), p(c), p(a)], ['removed 1', 'added 1']],
    [
      'a paragraph that was changed on the way',
      [p(a), p(b), p(c)],
      [p(b), p(c), p('Regionen bidrager med halvt beløb.')],
      ['removed 1', 'added 1 Regionen bidrager med [-samme-]{+halvt+} beløb.'],
    ],
    ['a short line is left alone', [p('Ja.'), p(b), p(c)], [p(b), p(c), p('Ja.')], []],
    ['a point', [bullets(a, b, c)], [bullets(b, c, a)], ['removed 1', 'added 1']],
    [
      'a whole list',
      [bullets(a, b), p(c), p(`${c} ${b}`)],
      [p(c), p(`${c} ${b}`), bullets(a, b)],
      ['removed 1', 'added 1'],
    ],
    [
      'a row',
      [table([a, '1'], [b, '2'], [c, '3'])],
      [table([b, '2'], [c, '3'], [a, '1'])],
      ['removed 1', 'added 1'],
    ],
    ['no paragraph into a list', [p(a)], [bullets(a)], []],
  ])('%s', (_name, before, after, expected) => {
    expect(moved(item(before), item(after))).toEqual(expected)
  })

  test('also from one field to another, and counts only what changed', () => {
    const prose = (...blocks: Block[]): Prose => ({ type: 'doc', content: blocks })
    const before = item([p(b)], {
      fields: { ...emptyContent.fields, background: prose(p(a)), presentation: prose(p(b)) },
    })
    const after = item([], { fields: { ...emptyContent.fields, presentation: prose(p(b), p(a)) } })
    expect(moved(before, after)).toEqual(['removed 1', 'added 1'])
    expect(differenceOf(before, after)).toMatchObject({
      same: false,
      moves: 1,
      counts: { added: 0, removed: 0 },
    })
  })
})

type Side = 'before' | 'after'
const other = { before: 'added', after: 'removed' } as const

/** Turns a difference back into one of its two texts: title and fields as `canonicalContent` writes them. */
function taken(difference: Difference, side: Side): unknown {
  const keep = <T extends { change: Change }>(parts: T[]) =>
    parts.filter(({ change }) => change !== other[side])
  const runs = (segments: Segment[]) => {
    const list: [string, string][] = []
    for (const { kind, text, marks = [] } of segments) {
      if (kind === other[side]) continue
      const key = marks
        .map((mark) => (mark.type === 'link' ? `link:${mark.attrs.href}` : mark.type))
        .join(' ')
      const last = list.at(-1)
      if (last?.[1] === key) last[0] += text
      else list.push([text, key])
    }
    return list
  }
  const inside = (blocks: BlockDiff[]) => keep(blocks).map(block)
  const block = (part: BlockDiff): unknown => {
    if ('segments' in part) return [part.type, ...runs(part.segments)]
    if ('rows' in part) {
      const row = (cells: CellDiff[]) => keep(cells).map((cell) => [cell.type, ...inside(cell.blocks)])
      return [part.type, ...keep(part.rows).map(({ cells }) => ['tableRow', ...row(cells)])]
    }
    return [part.type, ...keep(part.items).map(({ blocks }) => ['listItem', ...inside(blocks)])]
  }
  const title = runs(difference.title).map(([text]) => text)
  const fields = writtenFields.map(
    (name) => difference.fields.find(({ field }) => field === name)?.blocks ?? [],
  )
  return [title.join(''), ...fields.map(inside)]
}

/** Title and fields straight from the canonical content, which knows nothing of differences. */
function plain({ content, frame }: ExactWords): unknown {
  return JSON.parse(canonicalContent(content, frame)).slice(4, 8)
}

const exact = fc.tuple(words, blocks).map(([title, content]) => item(content, { title }))

/** A second text: another one, or the first with some blocks taken out and others put in. */
const both = fc
  .tuple(exact, exact, fc.array(fc.nat(4), { maxLength: 3 }), fc.boolean())
  .map(([one, two, gone, apart]): [ExactWords, ExactWords] => {
    if (apart) return [one, two]
    const kept = (one.content.fields.presentation?.content ?? []).filter((_, at) => !gone.includes(at))
    const put = (two.content.fields.presentation?.content ?? []).slice(0, 1)
    return [one, item([...kept.slice(0, 2), ...put, ...kept.slice(2)], { title: one.content.title })]
  })

describe('every difference', () => {
  test('gives back both texts exactly', () => {
    fc.assert(
      fc.property(both, ([before, after]) => {
        const difference = differenceOf(before, after)
        expect(taken(difference, 'before')).toEqual(plain(before))
        expect(taken(difference, 'after')).toEqual(plain(after))
      }),
      { numRuns: 500 },
    )
  })

  test('is empty exactly when an approval would stand', () => {
    fc.assert(
      fc.property(both, ([before, after]) => {
        const hashEqual =
          canonicalContent(before.content, before.frame) === canonicalContent(after.content, after.frame)
        expect(differenceOf(before, after).same).toBe(hashEqual)
        expect(differenceOf(before, before).same).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('is ready at once for a long field with one change', () => {
    const long = Array.from({ length: 400 }, (_, at) =>
      p(`Afsnit ${at} om strategi og samarbejde i regionen.`),
    )
    const after = long.with(200, p('Afsnit 200 om strategi og nyt samarbejde i regionen.'))
    const started = performance.now()
    expect(differenceOf(item(long), item(after)).counts).toEqual({ added: 1, removed: 0, restyled: 0 })
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
