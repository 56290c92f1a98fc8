import { firstWord, startsLowerCase } from './danish.ts'
import type { Line } from './lines.ts'

/** How far under the measure a line must end to be short beyond doubt: letters differ in width, so counts waver. */
export const clearlyShort = 4

const usualMeasure = 72

/**
 * The width, in characters, that a line of this text reaches before it breaks: the median of the lines that surely go
 * on, since the next begins in lower case. Count it apart for texts set in another size.
 */
export function measureOf(lines: Line[]): number {
  const widths = lines
    .filter((_, index) => goesOn(lines[index + 1]))
    .map((line) => line.width)
    .sort((a, b) => a - b)
  return widths[Math.floor(widths.length / 2)] ?? usualMeasure
}

/** Tells whether the next line's first word had room on the line before, so that the break was made on purpose. */
export function wouldHaveFit(before: Line, after: Line, measure: number): boolean {
  return before.width + 1 + firstWord(after.text).length <= measure
}

function goesOn(next: Line | undefined): boolean {
  return next !== undefined && next.gap === 'line' && startsLowerCase(next.text)
}
