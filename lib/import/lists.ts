import { closesSentence, startsLowerCase, startsWithMonth } from './danish.ts'
import type { Line } from './lines.ts'
import { wouldHaveFit } from './measure.ts'

/** A figure that may begin a list entry: "2)" or "2.". */
export type Ordinal = { number: number; style: ')' | '.'; text: string }

/** How far ahead the second entry of a list is looked for. */
const listReach = 40

/** The text after a bullet's mark, or null when the line has none. */
export function readBullet(text: string): string | null {
  return /^[–—\-•·▪‣*]\s+(\S.*)$/su.exec(text)?.[1] ?? null
}

/** The figure and text of a numbered entry, or null; "24. juni" is a date. */
export function readOrdinal(text: string): Ordinal | null {
  const match = /^(\d{1,2})([.)])\s+(\S.*)$/su.exec(text)
  if (!match) return null
  const [, number, mark, rest = ''] = match
  if (mark === '.' && startsWithMonth(rest)) return null
  return { number: Number(number), style: mark === '.' ? '.' : ')', text: rest }
}

/**
 * Tells whether a dash at a line's start is the sentence's own ("… på ungdomsuddannelser / – frivillige og …"): the
 * line before is full and unfinished, and what follows goes on in lower case.
 */
export function isDashInText(before: Line, line: Line, measure: number): boolean {
  const rest = readBullet(line.text)
  if (rest === null || line.gap !== 'line' || !startsLowerCase(rest)) return false
  return !wouldHaveFit(before, line, measure) && !closesSentence(before.text) && !/[,;]$/u.test(before.text)
}

/** Tells whether a figure opens a list: it is the first, and the second comes too or a lead-in has announced it. */
export function opensNumbers(lines: Line[], at: number, ordinal: Ordinal): boolean {
  if (ordinal.number !== 1) return false
  const hasSecond = lines.slice(at + 1, at + listReach).some((line) => {
    const other = readOrdinal(line.text)
    return other?.number === 2 && other.style === ordinal.style
  })
  const before = lines[at - 1]
  return hasSecond || (ordinal.style === ')' && before !== undefined && closesSentence(before.text))
}
