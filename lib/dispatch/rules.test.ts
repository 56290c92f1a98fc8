import { describe, expect, it } from 'vitest'
import { emptyContent } from '@/lib/agenda/doc.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import { contentOf, firstTemplate } from '@/lib/meeting/template.ts'
import {
  type CheckedItem,
  changesSince,
  findingsOf,
  hasHelpText,
  itemFindings,
  judgeDispatch,
  nextKind,
  validAfter,
} from './rules.ts'

function prose(text: string): Prose {
  return { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }
}

const content = {
  ...emptyContent,
  title: 'Kultur',
  kind: 'decision' as const,
  fields: { ...emptyContent.fields, recommendation: prose('At rådet godkender planen') },
}
const ready: CheckedItem = {
  id: 'i',
  number: '3.2',
  content,
  visibility: 'open',
  publicTitle: null,
  annexes: [{ url: null, fileName: 'plan.pdf' }],
  status: 'approved',
  isLate: false,
  lateReason: null,
}
const inTime = { agenda: { day: '2019-09-09', days: 1 }, material: { day: '2019-09-10', days: 2 } }
const late = { agenda: { day: '2019-09-09', days: -2 }, material: { day: '2019-09-10', days: -1 } }

describe('what an item lacks', () => {
  it.each<[string, Partial<CheckedItem>, string[]]>([
    ['nothing', {}, []],
    ['its review', { status: 'draft' }, ['not-submitted']],
    ['an approval', { status: 'inReview' }, ['in-review']],
    ['an answer', { status: 'returned' }, ['returned']],
    ['an approval of these words', { status: 'lapsed' }, ['lapsed']],
    ['a title', { content: { ...content, title: '' } }, ['title-missing']],
    ['a kind', { content: { ...content, kind: null } }, ['kind-missing']],
    ['a recommendation', { content: { ...content, fields: emptyContent.fields } }, ['recommendation-empty']],
    ['an annex known by name alone', { annexes: [{ url: null, fileName: null }] }, ['annex-missing']],
    ['an annex with an address', { annexes: [{ url: 'https://a.dk', fileName: null }] }, []],
    ['a public title', { visibility: 'closed', publicTitle: ' ' }, ['public-title-missing']],
    ['no public title while open', { visibility: 'open', publicTitle: null }, []],
    ['a reason for being late', { isLate: true }, ['late-reason-missing']],
    ['no reason when it gives one', { isLate: true, lateReason: 'Kom i går' }, []],
    ['a cleared title', { content: { ...content, title: '[Skriv en titel]' } }, ['help-text-left']],
  ])('%s', (_, change, codes) => {
    expect(itemFindings({ ...ready, ...change })).toEqual(codes)
  })
})

it.each([
  ['[Skriv, hvad rådet skal tage stilling til]', true],
  ['Rådet [kort om sagen] drøfter', true],
  ['Som nævnt […] og [...]', false],
  ['Se note [1] og [12]', false],
  ['Den er go [sic] nok', false],
  ['Ingen klammer', false],
])('%s is help text: %s', (text, expected) => {
  const fields = { ...emptyContent.fields, background: prose(text) }
  expect(hasHelpText({ ...content, fields })).toBe(expected)
})

describe('what stands in the way', () => {
  const codes = (given: Partial<Parameters<typeof findingsOf>[0]>) =>
    findingsOf({ items: [ready], changes: null, deadlines: inTime, ...given }).map(({ code }) => code)

  it('is nothing when all is ready', () => {
    expect(codes({})).toEqual([])
  })
  it('is an empty agenda, or nothing new', () => {
    expect(codes({ items: [] })).toEqual(['agenda-empty'])
    expect(codes({ changes: [] })).toEqual(['nothing-changed'])
  })
  it('is a deadline at the first dispatch only', () => {
    expect(codes({ deadlines: late })).toEqual(['agenda-deadline-passed', 'material-deadline-passed'])
    expect(codes({ deadlines: late, changes: [ready] })).toEqual([])
  })
  it('blocks only where what is asked for must be there', () => {
    const items = [
      { ...ready, status: 'lapsed' as const },
      { ...ready, id: 'c', visibility: 'closed' as const },
      { ...ready, id: 'l', isLate: true },
    ]
    const found = findingsOf({ items, changes: null, deadlines: inTime })
    expect(found.map(({ key, blocks }) => [key, blocks])).toEqual([
      ['lapsed i', false],
      ['public-title-missing c', true],
      ['late-reason-missing l', true],
    ])
  })
})

describe('going on', () => {
  const lapsed = findingsOf({
    items: [{ ...ready, status: 'lapsed' }],
    changes: null,
    deadlines: inTime,
  })
  const untitled = findingsOf({
    items: [{ ...ready, visibility: 'closed' }],
    changes: null,
    deadlines: inTime,
  })
  it.each([
    [[], [], '', 'ok'],
    [lapsed, ['lapsed i'], 'Haster', 'ok'],
    [lapsed, ['lapsed i'], ' ', 'reason-missing'],
    [lapsed, [], 'Haster', 'stale'],
    [untitled, ['public-title-missing i'], 'Haster', 'dispatch-blocked'],
  ] as const)('%j, seen %j, because "%s": %s', (findings, seen, reason, expected) => {
    expect(judgeDispatch(findings, { seen, reason })).toBe(expected)
  })
})

it.each([
  ['preparing', null, 0, 'agenda'],
  ['dispatched', null, 1, null],
  ['dispatched', 'edition', 1, 'agenda'],
  ['dispatched', 'supplement', 1, 'supplement'],
  ['held', 'edition', 1, null],
] as const)(
  'of an agenda that is %s towards %s, %i sent, goes out: %s',
  (state, revision, editionCount, kind) => {
    expect(nextKind({ state, revision, editionCount })).toBe(kind)
  },
)

it('tells what is new, changed and gone since', () => {
  const item = (itemId: string, contentHash: string) => ({ itemId, number: itemId, title: '', contentHash })
  const changes = changesSince(
    [item('same', '1'), item('other', '1'), item('gone', '1')],
    [item('new', '1'), item('other', '2'), item('same', '1')],
  )
  expect(changes.map(({ itemId, change }) => `${itemId} ${change}`)).toEqual([
    'new new',
    'other changed',
    'gone removed',
  ])
})

it('holds as valid the last edition and its supplements', () => {
  const sent = (number: number, kind: 'agenda' | 'supplement', ...ids: string[]) => {
    return { number, kind, items: ids.map((itemId) => ({ itemId })) }
  }
  const row = [sent(1, 'agenda', 'a'), sent(2, 'supplement', 'b')]
  expect(validAfter(row)).toEqual([{ itemId: 'a' }, { itemId: 'b' }])
  expect(validAfter([...row, sent(3, 'agenda', 'c'), sent(4, 'supplement', 'd')])).toEqual([
    { itemId: 'c' },
    { itemId: 'd' },
  ])
  expect(validAfter([])).toEqual([])
})

it('finds the help text and the unfilled blanks of the first template', () => {
  const unknown = { bodyName: 'Prøverådet', previousDay: null, minutesSentDay: null }
  const known = { bodyName: 'Prøverådet', previousDay: '1. maj 2026', minutesSentDay: '4. maj 2026' }
  const items = firstTemplate.sections.flatMap((section) => section.items)
  const left = (values: typeof unknown | typeof known) =>
    items.filter((item) => hasHelpText(contentOf(item, values, []))).map(({ key }) => key)
  expect(left(unknown)).toEqual(['minutes-item', 'news-item', 'next-item'])
  expect(left(known)).toEqual(['news-item', 'next-item'])
})
