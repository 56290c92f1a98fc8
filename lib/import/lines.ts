/**
 * What separates a line from the text line before it: nothing, one line's spacing, a paragraph's gap, or a
 * new page.
 */
export type Gap = 'tight' | 'line' | 'paragraph' | 'page'

/** A source line with text; `width` counts the characters it filled, also when a marker has been taken off. */
export type Line = {
  number: number
  text: string
  gap: Gap
  page: number
  width: number
  endsWide: boolean
}

type Row = { number: number; raw: string; blanks: number; afterFormFeed: boolean }

/** Splits a text into its lines with text, each knowing its 1-based number, its page and what came before it. */
export function readLines(text: string): Line[] {
  const rows = textRows(text)
  const spacing = lineSpacing(rows)
  const hasFormFeeds = rows.some((row) => row.afterFormFeed)
  let page = 0
  return rows.map((row, index) => {
    const opensPage = index === 0 || (hasFormFeeds ? row.afterFormFeed : opensPageBySpace(row))
    if (opensPage) page += 1
    const trimmed = row.raw.trim()
    return {
      number: row.number,
      text: trimmed,
      gap: opensPage ? 'page' : gapOf(row.blanks, spacing),
      page,
      width: trimmed.length,
      endsWide: /\S {2,}$/.test(row.raw),
    }
  })
}

function textRows(text: string): Row[] {
  const rows: Row[] = []
  let blanks = 0
  let afterFormFeed = false
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    if (raw.includes('\f')) afterFormFeed = true
    if (raw.trim() === '') {
      blanks += 1
    } else {
      rows.push({ number: index + 1, raw, blanks, afterFormFeed })
      blanks = 0
      afterFormFeed = false
    }
  }
  return rows
}

/**
 * Extractors put either none or one empty line between the lines of a paragraph. It is one when that is the commoner
 * gap and wider gaps are there as well; page starts have none either way and are left out.
 */
function lineSpacing(rows: Row[]): 0 | 1 {
  const countOf = (blanks: number) =>
    rows.filter((row) => row.blanks === blanks && !opensPageBySpace(row)).length
  const hasWiderGaps = rows.some((row) => row.blanks > 1)
  return hasWiderGaps && countOf(1) >= countOf(0) ? 1 : 0
}

function gapOf(blanks: number, spacing: 0 | 1): Gap {
  if (blanks > spacing) return 'paragraph'
  return blanks === spacing ? 'line' : 'tight'
}

/** Without form feeds a new page shows as one leading space right under the last line of the page before. */
function opensPageBySpace(row: Row): boolean {
  return row.blanks === 0 && /^ \S/.test(row.raw)
}
