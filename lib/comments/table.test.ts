import { describe, expect, it } from 'vitest'
import type { ThreadState } from './overview.ts'
import type { CommentView, ThreadView } from './schema.ts'
import { csvCell, type TableRow, tableColumns, tableCsv, tableFileName, tableRows } from './table.ts'
import { tableWords } from './table-service.ts'

const { words } = tableWords('da')
const items = [
  { id: 'i1', number: '1.1', title: 'Budget', isClosed: false },
  { id: 'i2', number: '3.10', title: 'Salg af grund', isClosed: true },
]
const said = (given: Partial<CommentView> = {}): CommentView => ({
  id: 'c1',
  userId: 'u1',
  name: 'Medlem, Odder',
  initials: 'odd',
  text: 'Hvorfor?',
  mentions: [],
  at: '2019-09-05T08:04:00.000Z',
  editedAt: null,
  earlier: [],
  mine: false,
  ...given,
})
const thread = (given: Partial<ThreadView> = {}): ThreadView => ({
  id: 't1',
  itemId: 'i1',
  kind: 'comment',
  scope: 'body',
  group: null,
  shared: false,
  field: 'background',
  anchor: null,
  place: null,
  detached: false,
  quote: 'en strategi',
  context: { before: '', after: '' },
  resolvedAt: null,
  resolvedBy: null,
  answer: null,
  assignee: null,
  handledAt: null,
  unread: 0,
  comments: [said()],
  may: { reply: true, resolve: true, narrow: [], triage: true, share: false },
  ...given,
})
const rowsOf = (threads: ThreadView[], state: ThreadState = 'open') =>
  tableRows({ items, threads, stateOf: () => state }, words)
const cells = (row: TableRow) => tableColumns.map((column) => row[column])

describe('tableRows', () => {
  it('gives each comment a row, by item, with all columns', () => {
    const jhp = { userId: 'u9', name: 'Sekretariatet (jhp)', initials: 'jhp' }
    const rows = rowsOf(
      [
        thread({ itemId: 'i2', kind: 'question', scope: 'leadership', quote: '', assignee: jhp }),
        thread({ comments: [said(), said({ name: 'Formand', text: 'Fordi.', at: '2019-12-05T08:04:00Z' })] }),
      ],
      'unanswered',
    )
    expect(rows.map(cells)).toEqual([
      [
        '1.1',
        'Budget',
        'Kommentar',
        'Alle i rådet',
        'Ubesvaret',
        'en strategi',
        'Medlem, Odder',
        '5. september 2019 kl. 10.04',
        'Hvorfor?',
        '',
      ],
      [
        '1.1',
        'Budget',
        'Kommentar',
        'Alle i rådet',
        'Ubesvaret',
        'en strategi',
        'Formand',
        '5. december 2019 kl. 9.04',
        'Fordi.',
        '',
      ],
      [
        '3.10',
        'Salg af grund (lukket punkt)',
        'Spørgsmål',
        'Sekretariat og formandskab',
        'Ubesvaret',
        '',
        'Medlem, Odder',
        '5. september 2019 kl. 10.04',
        'Hvorfor?',
        'Sekretariatet (jhp)',
      ],
    ])
  })

  it('leaves out private notes, and threads of items that are not there', () => {
    expect(rowsOf([thread({ scope: 'private' }), thread({ itemId: 'i3' })])).toEqual([])
  })

  it('says that a comment was deleted, and not what it or a rewritten one said before', () => {
    const earlier = [{ text: 'Vås', until: '2019-09-05T09:00:00Z' }]
    const rows = rowsOf([thread({ comments: [said({ text: null }), said({ text: 'Rettet', earlier })] })])
    expect(rows.map(({ text }) => text)).toEqual(['Kommentaren er slettet.', 'Rettet'])
  })

  it('calls no group the reader’s own', () => {
    expect(rowsOf([thread({ scope: 'group' })])[0]?.scope).toBe('En politisk gruppe')
  })
})

describe('csvCell', () => {
  it.each([
    ['plain', 'Budget', 'Budget'],
    ['a semicolon', 'a;b', '"a;b"'],
    ['a comma', 'a,b', '"a,b"'],
    ['quotation marks', 'det "nye" budget', '"det ""nye"" budget"'],
    ['only a quotation mark', '"', '""""'],
    ['line ends', 'et\nto\r\ntre', '"et\nto\r\ntre"'],
    ['nothing', '', ''],
    ['a formula', '=1+1', "'=1+1"],
    [
      'a formula with what must be quoted',
      '=HYPERLINK("http://x";"y")',
      '"\'=HYPERLINK(""http://x"";""y"")"',
    ],
    ['a plus', '+45 12 34 56 78', "'+45 12 34 56 78"],
    ['a minus', '-2+3', "'-2+3"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a mention', '@jhp se her', "'@jhp se her"],
    ['a tab', '\t=1', '"\'\t=1"'],
    ['a carriage return', '\r=1', '"\'\r=1"'],
    ['a line feed', '\n=1', '"\'\n=1"'],
    ['a space before a formula', ' =1', '" =1"'],
    ['a formula later on', 'a =1', 'a =1'],
    ['an apostrophe', "'=1", "'=1"],
  ])('%s', (_, text, cell) => {
    expect(csvCell(text)).toBe(cell)
  })
})

describe('tableCsv', () => {
  it('begins with the mark and the heads, and keeps item numbers from being days', () => {
    const csv = tableCsv(
      rowsOf([thread({ itemId: 'i2', comments: [said({ text: '=cmd;"x"\nto' })] })]),
      words,
    )
    expect(csv).toBe(
      '\ufeffNr.;Punkt;Art;Hvem kan læse den;Status;Citat;Hvem;Hvornår;Kommentar;Givet til\r\n' +
        'Pkt. 3.10;Salg af grund (lukket punkt);Kommentar;Alle i rådet;Åben;en strategi;"Medlem, Odder";' +
        '5. september 2019 kl. 10.04;"\'=cmd;""x""\nto";\r\n',
    )
  })

  it('guards every column', () => {
    const evil = Object.fromEntries(tableColumns.map((column) => [column, '=1']))
    const row = { ...rowsOf([thread()])[0], ...evil } as TableRow
    const [, line] = tableCsv([row], { ...words, numbered: (number) => number }).split('\r\n')
    expect(line).toBe(tableColumns.map(() => "'=1").join(';'))
  })

  it('is its heads when nothing was said', () => {
    expect(tableCsv([], words).split('\r\n')).toHaveLength(2)
  })
})

describe('tableFileName', () => {
  it.each([
    [['kommentarer', 'kkr-midtjylland', '2019-09-13'], 'kommentarer-kkr-midtjylland-2019-09-13'],
    [['kommentarer', 'Ærø "råd"/../\r\n;', '2019'], 'kommentarer-ærø-råd-2019'],
  ])('%j', (given, name) => {
    expect(tableFileName(given)).toBe(name)
  })
})
