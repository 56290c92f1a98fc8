import type { AgendaText, Block, ItemText } from '../schema.ts'
import { wrap } from './wrap.ts'

/** How a text is set; the defaults are those of the agendas this importer was made for. */
export type Layout = {
  /** Characters to a line. */
  measure: number
  /** Lines to a page; sections open a page whatever its length. */
  pageLength: number
  /** Whether the extractor put an empty line between all lines. */
  doubleSpaced: boolean
  /** Whether lines end in the space the extractor leaves. */
  trailingSpaces: boolean
  formFeeds: boolean
  /** Whether sub-headings and paragraphs run into the next paragraph without a gap. */
  closeSet: boolean
  lineEnd: '\n' | '\r\n'
}

type Row = {
  text: string
  gap: 'tight' | 'line' | 'paragraph' | 'page'
  urls: string[]
  mayOpenPage: boolean
  endsWide: boolean
}

/** How much shorter than the measure a paragraph's last line must be to be told from a full one. */
const clearlyShort = 30

const fieldHeadings = [
  ['Baggrund', 'background'],
  ['Indstilling', 'recommendation'],
  ['Sagsfremstilling', 'presentation'],
] as const

/** Sets an agenda as the text that comes out of its PDF: wrapped, hyphenated, paged, addresses at the page ends. */
export function typeset(agenda: Pick<AgendaText, 'preface' | 'sections'>, layout: Layout): string {
  const rows = [
    ...rowsOfBlocks(agenda.preface, layout),
    ...agenda.sections.flatMap(({ title, items }, index) => [
      ...heading(`${index + 1}. ${title}`, 'page', layout),
      ...items.flatMap((item, at) => rowsOfItem(item, `${index + 1}.${at + 1}.`, layout)),
    ]),
  ]
  return print(floatUrls(paginate(rows, layout)), layout)
}

function rowsOfItem(item: ItemText, number: string, layout: Layout): Row[] {
  const caseLine = [item.caseNumber, item.caseworkers.join('/')].filter(Boolean).join(' ')
  const fields = fieldHeadings.flatMap(([name, field]) => {
    const blocks = item[field]
    return blocks ? [row(name, 'paragraph'), ...gapFirst(rowsOfBlocks(blocks, layout), 'line')] : []
  })
  const text = [...heading(`${number} ${item.title}`, 'paragraph', layout), row(caseLine, 'line'), ...fields]
  return [...anchorLinks(text, item), ...rowsOfAnnexes(item, layout)]
}

/** Titles wrap without spacing between their lines, and stay on one page. */
function heading(text: string, gap: Row['gap'], layout: Layout): Row[] {
  return wrap(text, layout.measure).map((line, index) => row(line, index === 0 ? gap : 'tight'))
}

function rowsOfBlocks(blocks: Block[], layout: Layout): Row[] {
  const set: Row[] = []
  for (const [index, block] of blocks.entries()) {
    const last = set.at(-1)
    const runsOn = layout.closeSet && last !== undefined && mayRunOn(blocks[index - 1], block)
    const isClose = runsOn && (layout.trailingSpaces || last.text.length < layout.measure - clearlyShort)
    if (isClose && last) last.endsWide = true
    set.push(...gapFirst(rowsOfBlock(block, layout), isClose || isList(block) ? 'line' : 'paragraph'))
  }
  return set
}

/** Paragraphs and headings may run into the paragraph under them. */
function mayRunOn(before: Block | undefined, block: Block): boolean {
  return before !== undefined && !isList(before) && 'paragraph' in block
}

function isList(block: Block): boolean {
  return 'bullets' in block || 'numbers' in block
}

function rowsOfBlock(block: Block, { measure }: Layout): Row[] {
  const rows = (text: string) => wrap(text, measure).map((line, index) => passageRow(line, index))
  if ('paragraph' in block) return rows(block.paragraph)
  if ('heading' in block) return rows(block.heading)
  if ('bullets' in block) return block.bullets.flatMap((entry) => rows(`– ${entry}`))
  return block.numbers.flatMap((entry, index) => rows(`${index + 1}) ${entry}`))
}

/** A page turns before a block or an entry, or inside one where the next line goes on in lower case. */
function passageRow(text: string, index: number): Row {
  return { ...row(text, 'line'), mayOpenPage: index === 0 || /^\p{Ll}/u.test(text) }
}

/** A word's address floats from the line the word stands on. */
function anchorLinks(rows: Row[], item: ItemText): Row[] {
  const urls = item.links.map((link) => link.url)
  return rows.map((line) => {
    const url = /\bher\.?$/u.test(line.text) ? urls.shift() : undefined
    return url ? { ...line, urls: [url] } : line
  })
}

function rowsOfAnnexes(item: ItemText, { measure }: Layout): Row[] {
  return item.annexes.flatMap(({ title, url }, index) => {
    const rows = wrap(index === 0 ? `./. ${title}` : title, measure).map((line) => row(line, 'line'))
    const last = rows.at(-1)
    if (last && url) last.urls = [url]
    return index === 0 ? gapFirst(rows, 'paragraph') : rows
  })
}

function gapFirst(rows: Row[], gap: Row['gap']): Row[] {
  return rows.map((line, index) => (index === 0 ? { ...line, gap } : line))
}

function row(text: string, gap: Row['gap']): Row {
  return { text, gap, urls: [], mayOpenPage: false, endsWide: false }
}

function paginate(rows: Row[], { pageLength }: Layout): Row[] {
  let filled = 0
  return rows.map((line) => {
    const turns = line.gap === 'page' || (filled >= pageLength && line.mayOpenPage)
    filled = turns ? 1 : filled + 1
    return turns ? { ...line, gap: 'page' } : line
  })
}

/** Moves the addresses of each page under its last line, after filler. */
function floatUrls(rows: Row[]): Row[] {
  const set: Row[] = []
  let floating: string[] = []
  const land = () => {
    set.push(...floating.map((url, index) => row(url, index === 0 ? 'paragraph' : 'tight')))
    floating = []
  }
  for (const line of rows) {
    if (line.gap === 'page') land()
    set.push(line)
    floating.push(...line.urls)
  }
  land()
  return set
}

function print(rows: Row[], layout: Layout): string {
  const before = {
    tight: '',
    line: layout.doubleSpaced ? '\n' : '',
    paragraph: layout.doubleSpaced ? '\n \n\n' : ' \n',
    page: layout.formFeeds ? '\f' : ' ',
  }
  const text = rows
    .map((line, index) => `${index ? before[line.gap] : ''}${line.text}${spaceAfter(line)}\n`)
    .join('')
  const spaced = layout.trailingSpaces ? text : text.replace(/ +$/gmu, '')
  return spaced.replaceAll('\n', layout.lineEnd)
}

/** Extractors leave a space after each line, two after a paragraph, none after a hyphen or an address. */
function spaceAfter(line: Row): string {
  if (line.text.endsWith('-') || line.text.startsWith('http')) return ''
  return line.endsWide ? '  ' : ' '
}
