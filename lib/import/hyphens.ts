import { firstWord, lastWord, longestWord } from './danish.ts'
import type { Line } from './lines.ts'
import type { HyphenNote } from './schema.ts'

/** What the end of one line and the start of the next make together. */
export type Seam = 'space' | 'joined' | 'kept' | 'kept-and-space'

/** Lines run together into one text, with what became of each hyphen at a line's end. */
export type JoinedText = {
  text: string
  joined: HyphenNote[]
  kept: HyphenNote[]
  /** Where in the text each source line begins. */
  starts: { line: number; offset: number }[]
}

type TextLine = Pick<Line, 'number' | 'text'>

const softHyphen = '\u00ad'

/** "sundheds- og hospitalsplan": the hyphen stands for a word left out, and what follows is a word of its own. */
const coordinating = new Set(['og', 'eller', 'samt', 'og/eller'])

/** First parts that Danish joins with a hyphen wherever they stand: it-system, ikke-vestlig. */
const alwaysHyphenated = new Set(['it', 'tv', 'pc', 'ikke'])

/** Tells whether a line ends in a hyphen that belongs to its last word, not in a dash. */
export function endsInHyphen(text: string): boolean {
  return /[^\s-][-\u2010\u00ad]$/u.test(text.slice(-3))
}

/** Decides what happens between two lines of the same passage. */
export function seamBetween(before: string, after: string): Seam {
  if (!endsInHyphen(before)) return 'space'
  if (before.endsWith(softHyphen)) return 'joined'
  const part = partBeforeHyphen(before)
  if (isCoordinated(part, firstWord(after))) return 'kept-and-space'
  if (!/^\p{Ll}/u.test(after)) return 'kept'
  return keepsHyphen(part) ? 'kept' : 'joined'
}

/** Joins the lines of one passage, taking soft hyphens away and leaving hard ones. */
export function joinLines(lines: TextLine[]): JoinedText {
  const pieces: string[] = []
  const starts: JoinedText['starts'] = []
  const hyphens: { line: number; offset: number; seam: Seam }[] = []
  let offset = 0
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]
    const seam = next ? seamBetween(line.text, next.text) : null
    const piece = seam ? pieceBefore(line.text, seam) : line.text
    starts.push({ line: line.number, offset })
    pieces.push(piece)
    if (seam && seam !== 'space')
      hyphens.push({ line: line.number, offset: offset + piece.trimEnd().length, seam })
    offset += piece.length
  }
  const text = pieces.join('')
  const notes = (wanted: (seam: Seam) => boolean) =>
    hyphens.filter(({ seam }) => wanted(seam)).map((hyphen) => noteAt(text, hyphen))
  return {
    text,
    starts,
    joined: notes((seam) => seam === 'joined'),
    kept: notes((seam) => seam !== 'joined'),
  }
}

function pieceBefore(text: string, seam: Seam): string {
  if (seam === 'joined') return text.slice(0, -1)
  return seam === 'kept' ? text : `${text} `
}

/** The letters right before the hyphen: of "RAR-Øst-" only "Øst", since each part is judged by itself. */
function partBeforeHyphen(before: string): string {
  const part = lastWord(before).slice(0, -1).split(/[-/]/u).at(-1) ?? ''
  return part.replace(/^[^\p{L}\p{N}]+/u, '')
}

function isCoordinated(part: string, next: string): boolean {
  const isRange = /\d$/u.test(part) && next === 'til'
  return coordinating.has(next) || isRange
}

/** Numbers, abbreviations, single letters and words in capitals are joined to the rest by a hyphen in Danish. */
function keepsHyphen(part: string): boolean {
  const endsInLetter = /[\p{L}\p{M}]$/u.test(part)
  const isSingleLetter = /^\p{L}$/u.test(part)
  const isAcronym = /^\p{Lu}{2,}$/u.test(part)
  return !endsInLetter || isSingleLetter || isAcronym || alwaysHyphenated.has(part.toLowerCase())
}

/** The word around a line's end as it reads after joining, without the punctuation about it. */
function noteAt(text: string, { line, offset }: { line: number; offset: number }): HyphenNote {
  const before = lastWord(text.slice(Math.max(0, offset - longestWord), offset))
  const after = firstWord(text.slice(offset, offset + longestWord))
  return { line, word: `${before}${after}`.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}-]+$/gu, '') }
}
