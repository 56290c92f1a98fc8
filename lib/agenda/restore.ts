import { diffArrays } from 'diff'
import * as Y from 'yjs'
import { align } from './align.ts'
import { type Node, sameness } from './diff.ts'
import {
  children,
  elements,
  fieldFragment,
  fieldNames,
  type ItemContent,
  metaMap,
  type Parent,
  read,
  readBlocks,
  readCell,
  readListItem,
  readMarks,
  readRow,
  titleFragment,
  writeBlock,
  writeCell,
  writeInline,
  writeMarks,
  writeParent,
} from './doc.ts'
import { type Block, type Inline, type Mark, nodeNames, type Prose, type Row } from './prose.ts'
import { cut } from './words.ts'

/*
 * How words of earlier come back: not as another document, but as the fewest edits that make the present one say them,
 * as if a person had made them. Blocks, points, rows and cells are paired as the difference pairs them, and inside a
 * pair only the words that differ are touched. So whatever stands in both texts keeps its letters' identity, and with
 * them the threads on it and what others are typing beside it.
 */

/** The edits, as one Yjs update, that make a document say this content; null when it says it already. */
export function restoreUpdate(state: Uint8Array, content: ItemContent): Uint8Array | null {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const before = Y.encodeStateVector(doc)
  let isChanged = false
  doc.on('update', () => {
    isChanged = true
  })
  doc.transact(() => restore(doc, content))
  const update = isChanged ? Y.encodeStateAsUpdate(doc, before) : null
  doc.destroy()
  return update
}

function restore(doc: Y.Doc, content: ItemContent): void {
  const present = read(doc)
  if (present.title !== content.title) restoreTitle(titleFragment(doc), content.title)
  for (const field of fieldNames) {
    const words = content.fields[field]
    if (saysSame(present.fields[field], words)) continue
    const fragment = fieldFragment(doc, field)
    const blocks = words?.content ?? [{ type: 'paragraph' as const }]
    mendBlocks(fragment, blocks)
    // Nodes nobody knows are left alone by the fine work; what must be said is said all the same.
    if (!saysSame(read(doc).fields[field], words)) replaceBlocks(fragment, blocks)
  }
  restoreMeta(metaMap(doc), present, content)
}

function saysSame(one: Prose | null, other: Prose | null): boolean {
  const keys = (prose: Prose | null) => (prose?.content ?? []).map(sameness.key).join()
  return keys(one) === keys(other)
}

function restoreTitle(fragment: Y.XmlFragment, title: string): void {
  const [first, ...others] = elements(fragment)
  if (!first) {
    replaceBlocks(fragment, [{ type: 'paragraph', content: [{ type: 'text', text: title }] }])
    return
  }
  for (const other of others) remove(fragment, other)
  mendInline(first, title ? [{ type: 'text', text: title }] : [])
}

function restoreMeta(meta: Y.Map<string>, present: ItemContent, content: ItemContent): void {
  if (present.caseNumber !== content.caseNumber) meta.set('caseNumber', content.caseNumber)
  const caseworkers = content.caseworkers.join('/')
  if (present.caseworkers.join('/') !== caseworkers) meta.set('caseworkers', caseworkers)
  if (present.kind === content.kind) return
  if (content.kind) meta.set('kind', content.kind)
  else meta.delete('kind')
}

function replaceBlocks(fragment: Y.XmlFragment, blocks: Block[]): void {
  fragment.delete(0, fragment.length)
  fragment.insert(0, blocks.map(writeBlock))
}

/** The children of one part, how each reads, how to make one anew, and how to mend one that stays. */
type Family<T extends Node> = {
  parent: Parent
  kids: (Y.XmlElement | Y.XmlText)[]
  now: T[]
  then: T[]
  write: (part: T) => Y.XmlElement
  mend: (kid: Y.XmlElement, part: T) => void
}

function mendFamily<T extends Node>({ parent, kids, now, then, write, mend }: Family<T>): void {
  const kidOf = new Map(now.map((part, at) => [part, kids[at]]))
  let at = 0
  for (const { before, after } of align<T>(now, then, sameness)) {
    const kid = before && kidOf.get(before)
    if (kid && after && kid instanceof Y.XmlElement) {
      if (sameness.key(before) !== sameness.key(after)) mend(kid, after)
      at = indexIn(parent, kid) + 1
      continue
    }
    if (kid) remove(parent, kid)
    if (after) parent.insert(at++, [write(after)])
  }
}

function indexIn(parent: Parent, child: Y.XmlElement | Y.XmlText): number {
  return parent.toArray().indexOf(child)
}

function remove(parent: Parent, child: Y.XmlElement | Y.XmlText): void {
  parent.delete(indexIn(parent, child), 1)
}

function mendBlocks(parent: Parent, then: Block[]): void {
  const kids = children(parent)
  mendFamily({ parent, kids, now: readBlocks(parent), then, write: writeBlock, mend: mendBlock })
}

function mendBlock(element: Y.XmlElement, block: Block): void {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      mendInline(element, block.content ?? [])
      return
    case 'table':
      mendParts(element, block.content, {
        read: readRow,
        write: (row) => writeParent(row.type, row.content.map(writeCell)),
        mend: mendRow,
      })
      return
    default:
      mendParts(element, block.content, {
        read: readListItem,
        write: (item) => writeParent(item.type, item.content.map(writeBlock)),
        mend: (kid, item) => mendBlocks(kid, item.content),
      })
  }
}

function mendRow(element: Y.XmlElement, row: Row): void {
  mendParts(element, row.content, {
    read: readCell,
    write: writeCell,
    mend: (kid, cell) => mendBlocks(kid, cell.content),
  })
}

function mendParts<T extends Node>(
  parent: Y.XmlElement,
  then: T[],
  { read: readPart, ...how }: Pick<Family<T>, 'write' | 'mend'> & { read: (kid: Y.XmlElement) => T },
): void {
  const kids = elements(parent)
  mendFamily({ parent, kids, now: kids.map(readPart), then, ...how })
}

type Leaf = { node: Y.XmlText | Y.XmlElement; from: number; to: number }

// Stands for a line break in flat text: no letter of a document is one.
const lineBreak = '\0'

function leavesOf(element: Y.XmlElement): { flat: string; leaves: Leaf[] } {
  const leaves: Leaf[] = []
  let flat = ''
  for (const node of children(element)) {
    const from = flat.length
    flat += node instanceof Y.XmlText ? plain(node) : lineBreak
    leaves.push({ node, from, to: flat.length })
  }
  return { flat, leaves }
}

type Delta = { insert?: unknown; attributes?: Record<string, unknown> }[]

function plain(node: Y.XmlText): string {
  const delta: Delta = node.toDelta()
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : ' ')).join('')
}

function flatOf(content: Inline[]): string {
  return content.map((part) => (part.type === 'text' ? part.text : lineBreak)).join('')
}

/** Makes a paragraph or heading say these words, letter by letter only where they differ, then look so. */
function mendInline(element: Y.XmlElement, content: Inline[]): void {
  const { flat, leaves } = leavesOf(element)
  const isPlain = leaves.every(
    ({ node }) => node instanceof Y.XmlText || node.nodeName === nodeNames.hardBreak,
  )
  if (!isPlain) {
    element.delete(0, element.length)
    element.insert(0, writeInline(content))
    return
  }
  // From the end, so that what is still to be done stands where it stood.
  for (const edit of editsBetween(flat, flatOf(content)).reverse()) {
    if (edit.insert) insertAt(element, leaves, { at: edit.to, words: edit.insert })
    if (edit.to > edit.from) deleteRange(element, leaves, edit)
  }
  mendMarks(element, content)
}

type Edit = { from: number; to: number; insert: string }

function editsBetween(before: string, after: string): Edit[] {
  const edits: Edit[] = []
  let at = 0
  for (const { added, removed, value } of diffArrays(cut(before), cut(after))) {
    const words = value.join('')
    const last = edits.at(-1)
    if (added) {
      if (last && last.to === at) last.insert += words
      else edits.push({ from: at, to: at, insert: words })
    } else if (removed) {
      if (last && last.to === at) last.to += words.length
      else edits.push({ from: at, to: at + words.length, insert: '' })
      at += words.length
    } else at += words.length
  }
  return edits
}

function deleteRange(element: Y.XmlElement, leaves: Leaf[], { from, to }: Edit): void {
  for (const leaf of leaves.toReversed()) {
    const start = Math.max(from, leaf.from)
    const length = Math.min(to, leaf.to) - start
    if (length <= 0) continue
    if (leaf.node instanceof Y.XmlText) leaf.node.delete(start - leaf.from, length)
    else remove(element, leaf.node)
  }
}

function insertAt(element: Y.XmlElement, leaves: Leaf[], { at, words }: { at: number; words: string }): void {
  const leaf = leaves.find(({ node, from, to }) => node instanceof Y.XmlText && from <= at && at <= to)
  const [first = '', ...lines] = words.split(lineBreak)
  if (!leaf || !(leaf.node instanceof Y.XmlText)) {
    const next = leaves.find(({ from }) => from >= at)
    const index = next ? indexIn(element, next.node) : element.length
    element.insert(index, writeInline(inlineOf(first, lines)))
    return
  }
  const offset = at - leaf.from
  if (lines.length > 0) {
    const tail = inlineIn(leaf.node, offset)
    if (leaf.node.length > offset) leaf.node.delete(offset, leaf.node.length - offset)
    element.insert(indexIn(element, leaf.node) + 1, writeInline([...inlineOf('', lines), ...tail]))
  }
  // Without attributes of its own a text takes on the look of what stands before it.
  if (first) leaf.node.insert(offset, first, {})
}

function inlineOf(first: string, lines: string[]): Inline[] {
  const text = (words: string): Inline[] => (words ? [{ type: 'text', text: words }] : [])
  return [...text(first), ...lines.flatMap((line): Inline[] => [{ type: 'hardBreak' }, ...text(line)])]
}

function inlineIn(node: Y.XmlText, from: number): Inline[] {
  const runs: Inline[] = []
  let at = 0
  for (const { insert, attributes } of node.toDelta() as Delta) {
    const words = typeof insert === 'string' ? insert : ''
    const rest = words.slice(Math.max(0, from - at))
    if (rest && at + words.length > from) {
      runs.push({ type: 'text', text: rest, marks: readMarks(attributes ?? {}) })
    }
    at += words.length
  }
  return runs
}

function mendMarks(element: Y.XmlElement, content: Inline[]): void {
  const wanted = content.flatMap((part) => {
    const marks = part.type === 'text' ? (part.marks ?? []) : []
    return Array.from({ length: part.type === 'text' ? part.text.length : 1 }, () => marks)
  })
  for (const { node, from } of leavesOf(element).leaves) {
    if (!(node instanceof Y.XmlText)) continue
    let at = 0
    for (const { insert, attributes } of node.toDelta() as Delta) {
      const length = typeof insert === 'string' ? insert.length : 1
      const now = looks(readMarks(attributes ?? {}))
      for (const run of runsOf(wanted.slice(from + at, from + at + length))) {
        if (looks(run.marks) !== now) node.format(at + run.from, run.length, attributesOf(run.marks))
      }
      at += length
    }
  }
}

function runsOf(marks: Mark[][]): { from: number; length: number; marks: Mark[] }[] {
  const runs: { from: number; length: number; marks: Mark[] }[] = []
  for (const [at, wanted] of marks.entries()) {
    const last = runs.at(-1)
    if (last && looks(last.marks) === looks(wanted)) last.length++
    else runs.push({ from: at, length: 1, marks: wanted })
  }
  return runs
}

function looks(marks: Mark[]): string {
  return marks
    .map((mark) => (mark.type === 'link' ? `link ${mark.attrs.href}` : mark.type))
    .sort()
    .join(' ')
}

function attributesOf(marks: Mark[]): Record<string, object | null> {
  return { bold: null, italic: null, link: null, ...writeMarks(marks) }
}
