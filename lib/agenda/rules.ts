import type { FieldName, ItemContent, Kind } from './doc.ts'
import {
  type Block,
  type Cell,
  type Inline,
  type ListItem,
  type Prose,
  proseText,
  type Row,
} from './prose.ts'

/** The fields an approval covers, in print order. The decision is written at the meeting and is not among them. */
export const writtenFields = ['background', 'recommendation', 'presentation'] as const satisfies FieldName[]

/** The parts of an item outside its document that an approval covers. */
export type ItemFrame = {
  visibility: 'open' | 'closed'
  publicTitle: string | null
  annexes: { title: string; contentHash: string }[]
}

/** A section as `numbering` counts it; `lastItem` is the highest number ever sent of an item in it. */
export type NumberedSection = {
  id: string
  frozenNumber?: string | null
  lastItem?: number
  items: { id: string; frozenNumber?: string | null }[]
}

/**
 * Sections in order → numbers: sections by position ("3"), items by section and position ("3.2"). What was sent keeps
 * its number wherever it stands; what is new is counted on from the highest number ever sent, of sections `lastSection`.
 */
export function numbering(sections: NumberedSection[], lastSection = 0): Map<string, string> {
  const numbers = new Map<string, string>()
  let sectionCount = lastSection
  for (const section of sections) {
    const number = section.frozenNumber ?? `${++sectionCount}`
    numbers.set(section.id, number)
    let itemCount = section.lastItem ?? 0
    for (const item of section.items) numbers.set(item.id, item.frozenNumber ?? `${number}.${++itemCount}`)
  }
  return numbers
}

/**
 * The exact words an approval is bound to, as one string: the same words give the same string whatever edits led
 * to them. Covers title, kind, visibility, public title, the written fields and the annexes; not number, case
 * number, caseworkers, decision or comments. Text is NFC; empty paragraphs do not count.
 */
export function canonicalContent(content: ItemContent, frame: ItemFrame): string {
  return JSON.stringify([
    'v1',
    frame.visibility,
    frame.visibility === 'closed' ? (frame.publicTitle ?? '').normalize('NFC') : null,
    content.kind,
    content.title.normalize('NFC'),
    ...writtenFields.map((field) => canonicalBlocks(content.fields[field])),
    frame.annexes.map((annex) => [annex.title.normalize('NFC'), annex.contentHash]),
  ])
}

function canonicalBlocks(prose: Prose | null): unknown[] {
  return (prose?.content ?? []).filter(hasWords).map(canonicalNode)
}

function hasWords(node: Block | ListItem | Row | Cell): boolean {
  if (node.type === 'paragraph' || node.type === 'heading') return inlineRuns(node.content).length > 0
  return node.content.length > 0
}

function canonicalNode(node: Block | ListItem | Row | Cell): unknown[] {
  if (node.type === 'paragraph' || node.type === 'heading') return [node.type, ...inlineRuns(node.content)]
  return [node.type, ...node.content.map((child) => canonicalNode(child))]
}

function inlineRuns(content: Inline[] | undefined): [string, string][] {
  const runs: [string, string][] = []
  for (const part of content ?? []) {
    const text = part.type === 'text' ? part.text.normalize('NFC') : '\n'
    const marks = part.type === 'text' ? markKey(part) : ''
    const last = runs.at(-1)
    if (last && last[1] === marks) last[0] += text
    else if (text) runs.push([text, marks])
  }
  return runs
}

function markKey(part: Extract<Inline, { type: 'text' }>): string {
  return (part.marks ?? [])
    .map((mark) => (mark.type === 'link' ? `link:${mark.attrs.href}` : mark.type))
    .sort()
    .join(' ')
}

/** The kind that the verb of a recommendation asks for, or null: a proposal, never a decision of ours. */
export function kindFromRecommendation(recommendation: Prose | null): Kind | null {
  const text = proseText(recommendation).toLowerCase()
  if (/\bgodkend|\bbeslutter|\bvedtager|\budpeger|\bvælger/.test(text)) return 'decision'
  if (/\bdrøfter/.test(text)) return 'discussion'
  if (/til efterretning|til orientering/.test(text)) return 'information'
  return null
}

/** What an item still lacks before it is ready to be sent out. */
export function missingParts(content: ItemContent): ('title' | 'kind' | 'recommendation')[] {
  const missing: ('title' | 'kind' | 'recommendation')[] = []
  if (!content.title) missing.push('title')
  if (!content.kind) missing.push('kind')
  if (!content.fields.recommendation) missing.push('recommendation')
  return missing
}

/** All words of an item for search, one field a line. */
export function searchText(content: ItemContent): string {
  return [content.title, ...writtenFields.map((field) => proseText(content.fields[field]))]
    .filter(Boolean)
    .join('\n')
}
