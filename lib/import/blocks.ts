import { closesSentence, hasFiniteVerb, opensSentence, startsLowerCase } from './danish.ts'
import { endsInHyphen, joinLines } from './hyphens.ts'
import type { Line } from './lines.ts'
import { isDashInText, type Ordinal, opensNumbers, readBullet, readOrdinal } from './lists.ts'
import { clearlyShort, wouldHaveFit } from './measure.ts'
import type { Block } from './schema.ts'

/** A block before its lines are run together; a list has one passage for each entry, other blocks one. */
export type DraftBlock = { kind: 'paragraph' | 'heading' | 'bullets' | 'numbers'; passages: Line[][] }

/** What must be known of a text to cut it into blocks. */
export type Setting = { measure: number; allowsHeadings: boolean }

/** The longest sub-heading, in lines. */
const headingReach = 2

/** Cuts the lines of one field into paragraphs, sub-headings and lists; every line goes to exactly one block. */
export function readBlocks(lines: Line[], setting: Setting): DraftBlock[] {
  const blocks: DraftBlock[] = []
  let ordinal: Ordinal | null = null
  for (const [at, line] of lines.entries()) {
    const open = blocks.at(-1)
    const bullet = readBullet(line.text)
    const number = nextOrdinal({ lines, at, last: ordinal })
    if (number) {
      ordinal = number
      addEntry(blocks, 'numbers', { line: { ...line, text: number.text }, opensList: number.number === 1 })
    } else if (bullet !== null && !continuesByDash({ open, lines, at, setting })) {
      addEntry(blocks, 'bullets', { line: { ...line, text: bullet }, opensList: false })
    } else if (open && !opensBlock({ open, lines, at, setting })) {
      open.passages.at(-1)?.push(line)
    } else {
      blocks.push({ kind: 'paragraph', passages: [[line]] })
    }
  }
  return setting.allowsHeadings ? markHeadings(blocks) : blocks
}

/** The block as text. */
export function composeBlock({ kind, passages }: DraftBlock): Block {
  const texts = passages.map((lines) => joinLines(lines).text)
  switch (kind) {
    case 'bullets':
      return { bullets: texts }
    case 'numbers':
      return { numbers: texts }
    case 'heading':
      return { heading: texts.join(' ') }
    case 'paragraph':
      return { paragraph: texts.join(' ') }
  }
}

type Spot = { open: DraftBlock | undefined; lines: Line[]; at: number; setting: Setting }

/** Adds a list entry to the list it goes on from, so that neither a page nor a gap between entries cuts a list. */
function addEntry(
  blocks: DraftBlock[],
  kind: 'bullets' | 'numbers',
  entry: { line: Line; opensList: boolean },
): void {
  const open = blocks.at(-1)
  if (open?.kind === kind && !entry.opensList) open.passages.push([entry.line])
  else blocks.push({ kind, passages: [[entry.line]] })
}

/** A figure is an entry when it opens a list or is the next of the list being read. */
function nextOrdinal(spot: { lines: Line[]; at: number; last: Ordinal | null }): Ordinal | null {
  const ordinal = readOrdinal(spot.lines[spot.at]?.text ?? '')
  if (!ordinal) return null
  const goesOn = spot.last?.style === ordinal.style && ordinal.number === spot.last.number + 1
  return goesOn || opensNumbers(spot.lines, spot.at, ordinal) ? ordinal : null
}

/** A dash goes on with the sentence only where no list in lower case makes it the next entry's mark. */
function continuesByDash({ open, lines, at, setting }: Spot): boolean {
  const line = lines[at]
  const before = lines[at - 1]
  if (!open || !line || !before) return false
  const isLowerCaseList = open.kind === 'bullets' && startsLowerCase(open.passages[0]?.[0]?.text ?? '')
  return !isLowerCaseList && isDashInText(before, line, setting.measure)
}

/** Decides whether an unmarked line opens a block of its own or goes on with the open one. */
function opensBlock({ open, lines, at, setting }: Spot): boolean {
  const line = lines[at]
  const before = lines[at - 1]
  if (!open || !line || !before || line.gap === 'paragraph') return true
  if (line.gap === 'page') return !startsLowerCase(line.text) && !endsInHyphen(before.text)
  if (!opensSentence(line.text) || endsInHyphen(before.text)) return false
  if (closesSentence(before.text)) return endsParagraph({ open, before, line, setting })
  return open.kind === 'paragraph' && endsUnspacedHeading({ open, before, line, setting })
}

type Break = { open: DraftBlock; before: Line; line: Line; setting: Setting }

/**
 * A paragraph without a gap after it shows by its last line: the next word had room there, or the extractor left the
 * paragraph's own last space. List entries are indented and break earlier, so they must be clearly short.
 */
function endsParagraph({ open, before, line, setting }: Break): boolean {
  const slack = open.kind === 'paragraph' ? 0 : clearlyShort
  return before.endsWide || wouldHaveFit(before, line, setting.measure - slack)
}

/** A sub-heading runs into its text without a gap: a short unfinished line, and the next begins a sentence. */
function endsUnspacedHeading({ open, before, line, setting }: Break): boolean {
  const passage = open.passages[0] ?? []
  const isShort = wouldHaveFit(before, line, setting.measure - clearlyShort)
  return setting.allowsHeadings && isShort && readsAsHeading(passage)
}

/** A sub-heading announces something, so a heading-like paragraph at the very end stays a paragraph. */
function markHeadings(blocks: DraftBlock[]): DraftBlock[] {
  return blocks.map((block, index) => {
    const isLast = index === blocks.length - 1
    const isHeading = block.kind === 'paragraph' && !isLast && readsAsHeading(block.passages[0] ?? [])
    return isHeading ? { ...block, kind: 'heading' } : block
  })
}

/** A sub-heading names its subject: short, with a capital, no statement and no closing punctuation. */
function readsAsHeading(passage: Line[]): boolean {
  if (passage.length === 0 || passage.length > headingReach) return false
  const { text } = joinLines(passage)
  return opensSentence(text) && !closesSentence(text) && !/[,;]$/u.test(text) && !hasFiniteVerb(text)
}
