import { startsLowerCase } from './danish.ts'
import { endsInHyphen } from './hyphens.ts'
import type { Line } from './lines.ts'
import { readBullet } from './lists.ts'
import { clearlyShort, wouldHaveFit } from './measure.ts'

/** A field's lines parted into text and annex titles; a title may take more than one line. */
export type AnnexSplit = { text: Line[]; annexes: Line[][] }

/**
 * Takes the annex titles out of a field. "./." marks the first; the lines under it are annexes too, one each, until a
 * gap or the field ends.
 */
export function splitAnnexes(lines: Line[], measure: number): AnnexSplit {
  const text: Line[] = []
  const annexes: Line[][] = []
  let before: Line | null = null
  for (const [at, line] of lines.entries()) {
    const marked = readMarked(line, lines[at + 1])
    const title: Line | null = marked ?? (before && line.gap !== 'paragraph' ? withoutBullet(line) : null)
    if (!title) {
      text.push(line)
    } else if (!marked && before && continuesTitle(before, line, measure)) {
      annexes.at(-1)?.push(title)
    } else {
      annexes.push([title])
    }
    before = title
  }
  return { text, annexes }
}

/** The line without its "./.", or null; the marker may stand alone over the first title. */
function readMarked(line: Line, next: Line | undefined): Line | null {
  const match = /^\.\s?\/\s?\.(?:\s+(\S.*))?$/su.exec(line.text)
  if (!match) return null
  if (match[1]) return { ...line, text: match[1] }
  return next && next.gap !== 'paragraph' ? { ...line, text: '' } : null
}

function withoutBullet(line: Line): Line {
  return { ...line, text: readBullet(line.text) ?? line.text }
}

/** A wrapped title goes on in lower case, after a hyphen, or after a line so full that the next word had no room. */
function continuesTitle(before: Line, line: Line, measure: number): boolean {
  if (before.text === '') return true
  if (readBullet(line.text) !== null) return false
  const isFull = !wouldHaveFit(before, line, measure + clearlyShort)
  return startsLowerCase(line.text) || endsInHyphen(before.text) || isFull
}
