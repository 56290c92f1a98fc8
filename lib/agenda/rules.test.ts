import { describe, expect, it } from 'vitest'
import { emptyContent, type ItemContent } from './doc.ts'
import { contentHash } from './hash.ts'
import { placeAt } from './order.ts'
import { type Block, type Inline, type Prose, proseText, safeUrl, textBlocks } from './prose.ts'
import { canonicalContent, type ItemFrame, kindFromRecommendation, missingParts, numbering } from './rules.ts'

const text = (value: string): Inline => ({ type: 'text', text: value })
const paragraph = (...content: Inline[]): Block => ({ type: 'paragraph', content })
const prose = (...content: Block[]): Prose => ({ type: 'doc', content })
const frame: ItemFrame = { visibility: 'open', publicTitle: null, annexes: [] }
const item = (change: Partial<ItemContent> = {}): ItemContent => ({
  ...emptyContent,
  title: 'Punkt',
  ...change,
})
const withField = (field: 'background' | 'recommendation' | 'presentation' | 'decision', value: Prose) =>
  item({ fields: { ...emptyContent.fields, [field]: value } })

describe('numbering', () => {
  it('numbers by position and keeps empty sections', () => {
    const sections = [
      { id: 'a', items: [{ id: 'a1' }] },
      { id: 'b', items: [] },
      { id: 'c', items: Array.from({ length: 11 }, (_, at) => ({ id: `c${at + 1}` })) },
    ]
    const numbers = numbering(sections)
    expect([numbers.get('a1'), numbers.get('b'), numbers.get('c1'), numbers.get('c11')]).toEqual([
      '1.1',
      '2',
      '3.1',
      '3.11',
    ])
  })
})

describe('placeAt', () => {
  it.each([
    [['a', 'b', 'c'], 'c', 0, ['c', 'a', 'b']],
    [['a', 'b', 'c'], 'a', 1, ['b', 'a', 'c']],
    [['a', 'b'], 'new', 1, ['a', 'new', 'b']],
    [['a', 'b'], 'a', 99, ['b', 'a']],
    [[], 'a', 3, ['a']],
  ])('%j: %s to %i', (ids, id, at, expected) => {
    expect(placeAt(ids, id, at)).toEqual(expected)
  })
})

describe('the content an approval is bound to', () => {
  const base = withField('background', prose(paragraph(text('Ord for ord'))))
  const same: [string, ItemContent, ItemFrame][] = [
    [
      'runs split by an edit',
      withField('background', prose(paragraph(text('Ord '), text('for ord')))),
      frame,
    ],
    [
      'an empty paragraph at the end',
      withField('background', prose(paragraph(text('Ord for ord')), { type: 'paragraph' })),
      frame,
    ],
    ['another case number', { ...base, caseNumber: 'X', caseworkers: ['chbo'] }, frame],
    [
      'a decision',
      { ...base, fields: { ...base.fields, decision: prose(paragraph(text('Vedtaget'))) } },
      frame,
    ],
    ['a public title while open', base, { ...frame, publicTitle: 'Emne' }],
  ]
  it.each(same)('is the same with %s', (_, content, itemFrame) => {
    expect(contentHash(content, itemFrame)).toBe(contentHash(base, frame))
  })

  const other: [string, ItemContent, ItemFrame][] = [
    ['another word', withField('background', prose(paragraph(text('Ord for order')))), frame],
    ['the words in another field', withField('presentation', prose(paragraph(text('Ord for ord')))), frame],
    [
      'a bold word',
      withField(
        'background',
        prose(paragraph({ type: 'text', text: 'Ord for ord', marks: [{ type: 'bold' }] })),
      ),
      frame,
    ],
    [
      'two paragraphs',
      withField('background', prose(paragraph(text('Ord')), paragraph(text(' for ord')))),
      frame,
    ],
    [
      'a heading',
      withField(
        'background',
        prose({ type: 'heading', attrs: { level: 3 }, content: [text('Ord for ord')] }),
      ),
      frame,
    ],
    ['another title', { ...base, title: 'Andet' }, frame],
    ['another kind', { ...base, kind: 'decision' }, frame],
    ['closed', base, { ...frame, visibility: 'closed' }],
    ['an annex', base, { ...frame, annexes: [{ title: 'Bilag', contentHash: 'a' }] }],
  ]
  it.each(other)('differs with %s', (_, content, itemFrame) => {
    expect(contentHash(content, itemFrame)).not.toBe(contentHash(base, frame))
  })

  it('does not care whether a letter was typed composed or not', () => {
    const composed = item({ title: 'Århus' })
    const decomposed = item({ title: 'A\u030arhus' })
    expect(canonicalContent(decomposed, frame)).toBe(canonicalContent(composed, frame))
  })

  it('has a hash that never moves between releases', () => {
    expect(contentHash(base, frame)).toBe('e1c0c452e2223ad1cb5168314594c4e66b618e80334bb23946a8109070d08b02')
  })
})

describe('the kind a recommendation asks for', () => {
  it.each([
    ['Det indstilles, at rådet godkender referatet.', 'decision'],
    ['Det indstilles, at rådet drøfter sagen.', 'discussion'],
    ['Det indstilles, at rådet tager orienteringen til efterretning.', 'information'],
    ['Rådet tager status til efterretning og godkender forslaget.', 'decision'],
    ['Intet verbum her.', null],
  ])('%s', (sentence, kind) => {
    expect(kindFromRecommendation(prose(paragraph(text(sentence))))).toBe(kind)
  })
})

describe('text of prose', () => {
  it('counts offsets over textblocks joined by newlines', () => {
    const value = prose(paragraph(text('ab'), { type: 'hardBreak' }, text('c')), {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [paragraph(text('de'))] }],
    })
    expect(proseText(value)).toBe('ab\nc\nde')
    expect(textBlocks(value)).toEqual([
      { offset: 0, text: 'ab\nc' },
      { offset: 5, text: 'de' },
    ])
  })

  it.each([
    ['https://kl.dk/a', 'https://kl.dk/a'],
    ['mailto:a@b.dk', 'mailto:a@b.dk'],
    ['javascript:alert(1)', null],
    ['  JAVASCRIPT:alert(1)', null],
    ['data:text/html,x', null],
    ['//kl.dk', null],
    ['https://', null],
  ])('lets %s be a link: %s', (url, expected) => {
    expect(safeUrl(url)).toBe(expected)
  })
})

describe('what an item lacks', () => {
  it('names title, kind and recommendation', () => {
    expect(missingParts(emptyContent)).toEqual(['title', 'kind', 'recommendation'])
    expect(
      missingParts({ ...withField('recommendation', prose(paragraph(text('x')))), kind: 'decision' }),
    ).toEqual([])
  })
})
