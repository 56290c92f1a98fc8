import * as Y from 'yjs'
import {
  type Block,
  type Cell,
  type Inline,
  type ListItem,
  type Mark,
  markNames,
  nodeNames,
  type Prose,
  type Row,
} from './prose.ts'

/*
 * THE Yjs schema of an item. One document holds one item: a fragment with the title (one paragraph), one fragment
 * for each written field in ProseMirror's shape, and a map `meta` with what is chosen rather than written. A
 * document is made once, from content, by `createState`; after that it only grows by updates. Nothing else in the
 * product names a root of the document.
 */

/** Raised when the shape below changes; a document of another version is migrated before it is served. */
export const docVersion = 1

/** The written fields in the order they are printed; the decision follows the recommendation in the minutes. */
export const fieldNames = ['background', 'recommendation', 'presentation', 'decision'] as const

/** The name of a written field, which is also the name of its fragment in the Yjs document. */
export type FieldName = (typeof fieldNames)[number]

/** What the body is asked to do with an item. */
export const kinds = ['information', 'discussion', 'decision'] as const

/** One of `kinds`; an item nobody has chosen for has null. */
export type Kind = (typeof kinds)[number]

/** An item's words in plain data; a field without text is null. */
export type ItemContent = {
  title: string
  caseNumber: string
  caseworkers: string[]
  kind: Kind | null
  fields: Record<FieldName, Prose | null>
}

/** Content of an item nobody has written in yet. */
export const emptyContent: ItemContent = {
  title: '',
  caseNumber: '',
  caseworkers: [],
  kind: null,
  fields: { background: null, recommendation: null, presentation: null, decision: null },
}

const roots = { title: 'title', meta: 'meta' } as const

/** The fragment with the title: one paragraph without marks. */
export function titleFragment(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(roots.title)
}

/** The fragment of a written field. */
export function fieldFragment(doc: Y.Doc, field: FieldName): Y.XmlFragment {
  return doc.getXmlFragment(field)
}

/** The chosen values: caseNumber, caseworkers ("jhp/chbo") and kind; the last writer wins. */
export function metaMap(doc: Y.Doc): Y.Map<string> {
  return doc.getMap<string>(roots.meta)
}

/** All shared types a person edits, for one undo history over the whole item. */
export function undoScope(doc: Y.Doc): (Y.XmlFragment | Y.Map<string>)[] {
  return [titleFragment(doc), ...fieldNames.map((field) => fieldFragment(doc, field)), metaMap(doc)]
}

/** Reads the whole document as plain data. Never throws on odd content: unknown nodes keep their words. */
export function read(doc: Y.Doc): ItemContent {
  const meta = metaMap(doc)
  const kind = meta.get('kind')
  return {
    title: readBlocks(titleFragment(doc)).flatMap(plainText).join(' ').replace(/\s+/g, ' ').trim(),
    caseNumber: text(meta.get('caseNumber')),
    caseworkers: readCaseworkers(text(meta.get('caseworkers'))),
    kind: kinds.find((known) => known === kind) ?? null,
    fields: {
      background: readField(doc, 'background'),
      recommendation: readField(doc, 'recommendation'),
      presentation: readField(doc, 'presentation'),
      decision: readField(doc, 'decision'),
    },
  }
}

/** Reads "jhp/chbo", "jhp, chbo" or "jhp chbo" as initials in order. */
export function readCaseworkers(line: string): string[] {
  return line.split(/[\s/,;]+/).filter(Boolean)
}

/** Makes the first state of a new document: one Yjs update (v1 encoding) that holds the content. */
export function createState(content: ItemContent): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    const title = new Y.XmlElement(nodeNames.paragraph)
    if (content.title) title.insert(0, [new Y.XmlText(content.title)])
    titleFragment(doc).insert(0, [title])
    for (const field of fieldNames) {
      const blocks = content.fields[field]?.content ?? [{ type: 'paragraph' as const }]
      fieldFragment(doc, field).insert(0, blocks.map(writeBlock))
    }
    const meta = metaMap(doc)
    meta.set('caseNumber', content.caseNumber)
    meta.set('caseworkers', content.caseworkers.join('/'))
    if (content.kind) meta.set('kind', content.kind)
  })
  const state = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return state
}

/** Opens a stored state (one merged Yjs update) and reads it as plain data. */
export function readState(state: Uint8Array): ItemContent {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const content = read(doc)
  doc.destroy()
  return content
}

function text(value: unknown): string {
  return typeof value === 'string' ? storable(value).trim() : ''
}

// PostgreSQL takes neither NUL nor half a surrogate pair: one would keep the item from being projected or approved.
function storable(words: string): string {
  return words.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd')
}

function readField(doc: Y.Doc, field: FieldName): Prose | null {
  const content = readBlocks(fieldFragment(doc, field))
  const hasWords = content.flatMap(plainText).some((line) => line.trim() !== '')
  return hasWords ? { type: 'doc', content } : null
}

function plainText(block: Block | ListItem | Row | Cell): string[] {
  if (block.type === 'paragraph' || block.type === 'heading') {
    return [(block.content ?? []).map((part) => (part.type === 'text' ? part.text : ' ')).join('')]
  }
  return block.content.flatMap((child) => plainText(child))
}

/** What holds blocks or words in a document. */
export type Parent = Y.XmlFragment | Y.XmlElement

/** The elements and texts a part of a document holds, in order. */
export function children(parent: Parent): (Y.XmlElement | Y.XmlText)[] {
  return parent.toArray().filter((child) => child instanceof Y.XmlElement || child instanceof Y.XmlText)
}

/** Reads the blocks of a field, a point or a cell; one for each of its `children`. */
export function readBlocks(parent: Parent): Block[] {
  return children(parent).map((child) => {
    if (child instanceof Y.XmlText) return { type: 'paragraph', content: readText(child) }
    return readBlock(child)
  })
}

function readBlock(element: Y.XmlElement): Block {
  switch (element.nodeName) {
    case nodeNames.heading:
      return { type: 'heading', attrs: { level: 3 }, ...inlineContent(element) }
    case nodeNames.bulletList:
    case nodeNames.orderedList:
      return {
        type: element.nodeName === nodeNames.bulletList ? 'bulletList' : 'orderedList',
        content: elements(element).map(readListItem),
      }
    case nodeNames.table:
      return { type: 'table', content: elements(element).map(readRow) }
    default:
      return { type: 'paragraph', ...inlineContent(element) }
  }
}

/** The elements a list, a table or a row holds, in order. */
export function elements(parent: Parent): Y.XmlElement[] {
  return children(parent).filter((child) => child instanceof Y.XmlElement)
}

/** Reads a point of a list. */
export function readListItem(element: Y.XmlElement): ListItem {
  return { type: 'listItem', content: readBlocks(element) }
}

/** Reads a row of a table. */
export function readRow(element: Y.XmlElement): Row {
  return { type: 'tableRow', content: elements(element).map(readCell) }
}

/** Reads a cell of a table. */
export function readCell(element: Y.XmlElement): Cell {
  return {
    type: element.nodeName === nodeNames.tableHeader ? 'tableHeader' : 'tableCell',
    content: readBlocks(element),
  }
}

function inlineContent(element: Y.XmlElement): { content?: Inline[] } {
  const content = children(element).flatMap((child): Inline[] => {
    if (child instanceof Y.XmlText) return readText(child)
    if (child.nodeName === nodeNames.hardBreak) return [{ type: 'hardBreak' }]
    return inlineContent(child).content ?? []
  })
  return content.length ? { content } : {}
}

function readText(node: Y.XmlText): Inline[] {
  const delta: { insert?: unknown; attributes?: Record<string, unknown> }[] = node.toDelta()
  return delta.flatMap(({ insert, attributes }): Inline[] => {
    if (typeof insert !== 'string' || insert === '') return []
    const marks = readMarks(attributes ?? {})
    return [{ type: 'text', text: storable(insert), ...(marks.length ? { marks } : {}) }]
  })
}

/** Reads what the attributes of a run of text say of its look. */
export function readMarks(attributes: Record<string, unknown>): Mark[] {
  const marks: Mark[] = []
  if (attributes[markNames.bold]) marks.push({ type: 'bold' })
  if (attributes[markNames.italic]) marks.push({ type: 'italic' })
  const link = attributes[markNames.link]
  if (link && typeof link === 'object' && 'href' in link && typeof link.href === 'string') {
    marks.push({ type: 'link', attrs: { href: storable(link.href) } })
  }
  return marks
}

/** Makes a block as it is kept in a document. */
export function writeBlock(block: Block): Y.XmlElement {
  const element = new Y.XmlElement(block.type)
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      if (block.type === 'heading') setLevel(element)
      element.insert(0, writeInline(block.content ?? []))
      return element
    case 'table':
      element.insert(
        0,
        block.content.map((row) => writeParent(row.type, row.content.map(writeCell))),
      )
      return element
    default:
      element.insert(
        0,
        block.content.map((item) => writeParent(item.type, item.content.map(writeBlock))),
      )
      return element
  }
}

/** Makes a cell of a table. */
export function writeCell(cell: Cell): Y.XmlElement {
  return writeParent(cell.type, cell.content.map(writeBlock))
}

/** Makes a list item, a row or a cell of that name. */
export function writeParent(name: string, content: Y.XmlElement[]): Y.XmlElement {
  const element = new Y.XmlElement(name)
  element.insert(0, content)
  return element
}

// ProseMirror keeps the level as a number; Yjs types attributes as strings unless told otherwise.
function setLevel(element: Y.XmlElement): void {
  const heading: Y.XmlElement<{ level: number }> = element as unknown as Y.XmlElement<{ level: number }>
  heading.setAttribute('level', 3)
}

/** Makes the texts and line breaks of a paragraph or heading. */
export function writeInline(content: Inline[]): (Y.XmlElement | Y.XmlText)[] {
  const nodes: (Y.XmlElement | Y.XmlText)[] = []
  let open: Y.XmlText | null = null
  let length = 0
  for (const part of content) {
    if (part.type === 'hardBreak') {
      nodes.push(new Y.XmlElement(nodeNames.hardBreak))
      open = null
      continue
    }
    if (!open) {
      open = new Y.XmlText()
      length = 0
      nodes.push(open)
    }
    open.insert(length, part.text, writeMarks(part.marks ?? []))
    length += part.text.length
  }
  return nodes
}

/** The attributes of a run of text with these marks. */
export function writeMarks(marks: Mark[]): Record<string, object> {
  return Object.fromEntries(marks.map((mark) => [mark.type, mark.type === 'link' ? mark.attrs : {}]))
}

/**
 * Puts a point at the end of a field's last list, or of a list begun at the field's end, and answers that alone as one
 * Yjs update: whoever writes in the field meanwhile loses nothing.
 */
export function appendPoint(
  state: Uint8Array,
  { field, point }: { field: FieldName; point: string },
): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const before = Y.encodeStateVector(doc)
  doc.transact(() => {
    const fragment = fieldFragment(doc, field)
    const item: ListItem = {
      type: 'listItem',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: point }] }],
    }
    const list = elements(fragment).findLast(({ nodeName }) => nodeName === nodeNames.bulletList)
    if (list) list.push([writeParent(item.type, item.content.map(writeBlock))])
    else fragment.push([writeBlock({ type: 'bulletList', content: [item] })])
    if (!list && readField(doc, field)?.content[0]?.type === 'paragraph' && fragment.length === 2) {
      const [first] = readBlocks(fragment)
      if (first && plainText(first).join('') === '') fragment.delete(0, 1)
    }
  })
  const update = Y.encodeStateAsUpdate(doc, before)
  doc.destroy()
  return update
}
