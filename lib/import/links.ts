import { lastWord } from './danish.ts'
import type { Gap, Line } from './lines.ts'

/** Something in the text that an address may belong to; `value` is the caller's. */
export type Anchor<T> = { line: number; page: number; kind: 'word' | 'annex'; value: T }

/** An address and what it belongs to; null when nothing on its page was left for it. */
export type Assignment<T> = { url: Line; value: T | null }

const gapsByWidth: Gap[] = ['tight', 'line', 'paragraph', 'page']

/** Words before "her" that make it point somewhere: "kan ses her", "læs mere her". */
const pointing = new Set(
  'se ses læs læse læses find findes hent hentes hente tilgås åbnes downloades mere via følg'.split(' '),
)

/**
 * Parts the addresses that stand on lines of their own from the running text: the extractor lets them float to the
 * end of the page, into whatever stands there. The gap around them stays with the text.
 */
export function takeUrls(lines: Line[]): { text: Line[]; urls: Line[] } {
  const text: Line[] = []
  const urls: Line[] = []
  let gap: Gap = 'tight'
  for (const line of lines) {
    const wider = widerGap(gap, line.gap)
    if (isUrl(line.text)) {
      urls.push(line)
      gap = wider
    } else {
      text.push(wider === line.gap ? line : { ...line, gap: wider })
      gap = 'tight'
    }
  }
  return { text, urls }
}

/** The words of a text that carried a link: a "her" that something points to or that ends its sentence. */
export function findLinkWords(text: string): { word: string; offset: number }[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}])(?:her|link|linket)(?![\p{L}\p{N}])/gu)]
    .map((match) => ({ word: match[0], offset: match.index }))
    .filter(({ word, offset }) => {
      const before = lastWord(text.slice(0, offset).trimEnd())
      const after = text.slice(offset + word.length, offset + word.length + 2)
      return pointing.has(before.toLowerCase()) || /^[.)]*$/u.test(after.trimEnd())
    })
}

/** Gives the addresses of each page, in order, to what may bear a link on that page before them. */
export function assignUrls<T>(urls: Line[], anchors: Anchor<T>[]): Assignment<T>[] {
  const assignments: Assignment<T>[] = []
  const ahead = anchors.toSorted((a, b) => a.line - b.line)
  let open: Anchor<T>[] = []
  for (const run of runsOf(urls, ahead)) {
    const [first] = run
    while (first && ahead[0] && ahead[0].line < first.number) open.push(...ahead.splice(0, 1))
    open = open.filter((anchor) => anchor.page === first?.page)
    const bearing = likeliest(open, run.length)
    for (const [index, url] of run.entries()) assignments.push({ url, value: bearing[index]?.value ?? null })
    open = open.filter((anchor) => !bearing.includes(anchor))
  }
  return assignments
}

/** A pointing word surely bears a link, an annex may not: with too few addresses the words are served first. */
function likeliest<T>(anchors: Anchor<T>[], count: number): Anchor<T>[] {
  const words = anchors.filter((anchor) => anchor.kind === 'word')
  const annexes = anchors.filter((anchor) => anchor.kind === 'annex')
  return [...words, ...annexes].slice(0, count).toSorted((a, b) => a.line - b.line)
}

/** Addresses of one page with no anchor between them belong together. */
function runsOf<T>(urls: Line[], anchors: Anchor<T>[]): Line[][] {
  const runs: Line[][] = []
  let passed = 0
  let last: Line | null = null
  for (const url of urls) {
    const before = passed
    while ((anchors[passed]?.line ?? Number.POSITIVE_INFINITY) < url.number) passed += 1
    const isSameRun = last !== null && last.page === url.page && before === passed
    if (isSameRun) runs.at(-1)?.push(url)
    else runs.push([url])
    last = url
  }
  return runs
}

function isUrl(text: string): boolean {
  return /^(?:https?:\/\/|www\.)\S+$/iu.test(text)
}

function widerGap(a: Gap, b: Gap): Gap {
  return gapsByWidth.indexOf(a) > gapsByWidth.indexOf(b) ? a : b
}
