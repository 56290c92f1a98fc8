import { afterHead, afterText, type Head, headAt, type ItemCaseLine, startPosition } from './heads.ts'
import type { Line } from './lines.ts'
import type { Field } from './schema.ts'

/** An item's lines, sorted by what they belong to; `loose` lines stand before any field. */
export type ItemOutline = {
  title: Line[]
  caseLine: ItemCaseLine | null
  loose: Line[]
  fields: Map<Field, { heading: Line; lines: Line[] }>
}

/** A section's lines; `loose` lines belong to no item. */
export type SectionOutline = { title: Line[]; loose: Line[]; items: ItemOutline[] }

/** The whole text by its headings; the preface is what stands before the first section. */
export type Outline = { preface: Line[]; sections: SectionOutline[] }

/** Sorts every line of a text under the section, item and field it stands in. */
export function outlineOf(lines: Line[]): Outline {
  const outline: Outline = { preface: [], sections: [] }
  let position = startPosition()
  let target = outline.preface
  let at = 0
  for (let line = lines[at]; line; line = lines[at]) {
    const head = headAt(lines, at, position)
    if (head) {
      target = openHead(outline, head)
      position = afterHead(position, head)
      at += head.length
    } else {
      target.push(line)
      position = afterText(position, line)
      at += 1
    }
  }
  return outline
}

/** Adds what a heading opens and gives the list that the text under it goes to. */
function openHead(outline: Outline, head: Head): Line[] {
  if (head.kind === 'section') {
    const section: SectionOutline = { title: head.title, loose: [], items: [] }
    outline.sections.push(section)
    return section.loose
  }
  const items = outline.sections.at(-1)?.items ?? []
  if (head.kind === 'item') {
    const item: ItemOutline = { title: head.title, caseLine: head.caseLine, loose: [], fields: new Map() }
    items.push(item)
    return item.loose
  }
  const field = { heading: head.heading, lines: [] }
  items.at(-1)?.fields.set(head.field, field)
  return field.lines
}
