import { type CaseLine, readCaseLine } from './case-line.ts'
import { closesSentence, startsLowerCase } from './danish.ts'
import { endsInHyphen } from './hyphens.ts'
import type { Line } from './lines.ts'
import { readItemNumber, readSectionNumber } from './numbering.ts'
import type { Field } from './schema.ts'

/** How far the reading has come: the numbers last opened, the fields of this item, the last figure of a "1." list. */
export type Position = { section: number; item: number; fields: Set<Field>; ordinal: number }

/** A heading of the agenda and the number of lines it takes. */
export type Head =
  | { kind: 'section'; length: number; section: number; title: Line[] }
  | { kind: 'item'; length: number; item: number; title: Line[]; caseLine: ItemCaseLine | null }
  | { kind: 'field'; length: 1; field: Field; heading: Line }

/** The line under an item's title, with the case number and initials read from it. */
export type ItemCaseLine = { line: Line; value: CaseLine }

const fieldNames = new Map<string, Field>([
  ['Baggrund', 'background'],
  ['Indstilling', 'recommendation'],
  ['Sagsfremstilling', 'presentation'],
])

/** A title wraps over three lines at most; its case line comes right after, one more is given for good measure. */
const titleReach = 5

/** Where a text begins. */
export function startPosition(): Position {
  return { section: 0, item: 0, fields: new Set(), ordinal: 0 }
}

/** The heading that begins at a line, or null when the line is text. */
export function headAt(lines: Line[], at: number, position: Position): Head | null {
  const line = lines[at]
  if (!line) return null
  return fieldHead(line, position) ?? itemHead(lines, at, position) ?? sectionHead(lines, at, position)
}

/** The position after a heading. */
export function afterHead(position: Position, head: Head): Position {
  if (head.kind === 'section') return { ...startPosition(), section: head.section }
  if (head.kind === 'item') return { ...startPosition(), section: position.section, item: head.item }
  return { ...position, fields: new Set([...position.fields, head.field]), ordinal: 0 }
}

/** The position after a line of text: a "1." list is followed so that its figures are not taken for sections. */
export function afterText(position: Position, line: Line): Position {
  const figure = readSectionNumber(line.text)?.section
  const goesOn = figure === 1 || figure === position.ordinal + 1
  if (figure !== undefined && goesOn) return { ...position, ordinal: figure }
  return line.gap === 'paragraph' && position.ordinal > 0 ? { ...position, ordinal: 0 } : position
}

/** A field opens once in an item; the same word further down is a sub-heading. */
function fieldHead(line: Line, position: Position): Head | null {
  const field = fieldOf(line)
  if (!field || position.item === 0 || position.fields.has(field)) return null
  return { kind: 'field', length: 1, field, heading: line }
}

function fieldOf(line: Line): Field | null {
  return fieldNames.get(line.text.replace(/:$/u, '')) ?? null
}

/**
 * An item's number goes on from the one before it in the section that is open. A case line under the title settles
 * it; without one the number must be whole ("3.2.") and stand apart, since a text may well say "2.2 mio. kr.".
 */
function itemHead(lines: Line[], at: number, position: Position): Head | null {
  const line = lines[at]
  const number = line && readItemNumber(line.text)
  if (!line || !number || number.section !== position.section || number.item <= position.item) return null
  const found = caseLineAfter(lines, at)
  if (found) {
    const title = [{ ...line, text: number.title }, ...lines.slice(at + 1, found.at)]
    return { kind: 'item', length: title.length + 1, item: number.item, title, caseLine: found.caseLine }
  }
  const isFirst = position.item === 0 && number.item === 1
  if (!number.dotted || !(standsApart(line) || isFirst)) return null
  const title = wrappedTitle(lines, at, number.title)
  return { kind: 'item', length: title.length, item: number.item, title, caseLine: null }
}

/**
 * The last line in a title's reach that reads as a case line, since a wrapped title may itself hold a number like one;
 * the next item is out of reach.
 */
function caseLineAfter(lines: Line[], at: number): { at: number; caseLine: ItemCaseLine } | null {
  let found: { at: number; caseLine: ItemCaseLine } | null = null
  for (let next = at + 1; next <= at + titleReach; next += 1) {
    const line = lines[next]
    if (!line || line.gap === 'page' || fieldOf(line)) break
    if (found && readItemNumber(line.text)) break
    const value = readCaseLine(line.text)
    if (value) found = { at: next, caseLine: { line, value } }
    if (line.gap === 'paragraph') break
  }
  return found
}

/** A section's number is higher than the last, stands apart, and what follows shows that it is no list entry. */
function sectionHead(lines: Line[], at: number, position: Position): Head | null {
  const line = lines[at]
  const number = line && readSectionNumber(line.text)
  if (!line || !number || number.section <= position.section || !standsApart(line)) return null
  const title = wrappedTitle(lines, at, number.title)
  const next = lines[at + title.length]
  const isListed = position.ordinal > 0 && number.section === position.ordinal + 1
  const isSection =
    opensItemOf(number.section, next) || (!isListed && opensEmptySection(number, position, next))
  return isSection ? { kind: 'section', length: title.length, section: number.section, title } : null
}

function opensItemOf(section: number, next: Line | undefined): boolean {
  return next !== undefined && readItemNumber(next.text)?.section === section
}

/** A section without items runs into the next section or the end, or is at least a title standing by itself. */
function opensEmptySection(
  number: { section: number; title: string },
  position: Position,
  next: Line | undefined,
): boolean {
  if (!next) return true
  if (!standsApart(next)) return false
  const following = readSectionNumber(next.text)
  if (following && following.section > number.section) return true
  return number.section === position.section + 1 && !closesSentence(number.title)
}

/** A title's further lines follow without spacing, or go on in the middle of a sentence. */
function wrappedTitle(lines: Line[], at: number, title: string): Line[] {
  const first = lines[at]
  if (!first) return []
  const wrapped = [{ ...first, text: title }]
  for (const line of lines.slice(at + 1, at + titleReach)) {
    const before = wrapped.at(-1)?.text ?? ''
    const goesOn = line.gap === 'line' && (startsLowerCase(line.text) || endsInHyphen(before))
    if (line.gap !== 'tight' && !goesOn) break
    wrapped.push(line)
  }
  return wrapped
}

function standsApart(line: Line): boolean {
  return line.gap === 'paragraph' || line.gap === 'page'
}
