/**
 * THE text schema of the product, in plain data. The editor (prose-extensions.ts), import, print and web read
 * these names; nothing else names a node or a mark. Shapes are ProseMirror's JSON; schema.ts checks them, so that a
 * page that only reads does not carry the checker.
 */
export const nodeNames = {
  doc: 'doc',
  paragraph: 'paragraph',
  heading: 'heading',
  bulletList: 'bulletList',
  orderedList: 'orderedList',
  listItem: 'listItem',
  table: 'table',
  tableRow: 'tableRow',
  tableHeader: 'tableHeader',
  tableCell: 'tableCell',
  hardBreak: 'hardBreak',
  text: 'text',
} as const

/** The three marks a text may carry. */
export const markNames = { bold: 'bold', italic: 'italic', link: 'link' } as const

/** Only these schemes may stand in a link, wherever it is read, shown or exported. */
export function safeUrl(url: string): string | null {
  const text = url.trim()
  if (!/^(https?:\/\/|mailto:)/i.test(text)) return null
  return URL.canParse(text) ? text : null
}

/** What a run of text carries; `href` is as written, so pass it through `safeUrl` before it is shown. */
export type Mark = { type: 'bold' | 'italic' } | { type: 'link'; attrs: { href: string } }

/** A run of text with the same marks throughout, or a line break inside a block. */
export type Inline = { type: 'text'; text: string; marks?: Mark[] } | { type: 'hardBreak' }

/** A paragraph; one without words has no `content`. */
export type Paragraph = { type: 'paragraph'; content?: Inline[] }

/** A heading inside a field; 3 is the only level it may have. */
export type Heading = { type: 'heading'; attrs: { level: 3 }; content?: Inline[] }

/** One point of a list; its blocks may hold a list of their own. */
export type ListItem = { type: 'listItem'; content: Block[] }

/** A list with bullets, or one numbered from 1. */
export type List = { type: 'bulletList' | 'orderedList'; content: ListItem[] }

/** A table cell; `tableHeader` names its column or row. */
export type Cell = { type: 'tableHeader' | 'tableCell'; content: Block[] }

/** One row of a table, its cells from left to right. */
export type Row = { type: 'tableRow'; content: Cell[] }

/** A table, its rows from the top. */
export type Table = { type: 'table'; content: Row[] }

/** What may stand in a field, a list item or a cell. */
export type Block = Paragraph | Heading | List | Table

/** The text of one field: blocks in order. */
export type Prose = { type: 'doc'; content: Block[] }

/** One textblock (paragraph or heading) and the offset of its first letter in the field's text. */
export type TextBlock = { offset: number; text: string }

function inlineText(content: Inline[] | undefined): string {
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : '\n')).join('')
}

function blocksOf(node: Block | ListItem | Row | Cell): string[] {
  if (node.type === 'paragraph' || node.type === 'heading') return [inlineText(node.content)]
  return node.content.flatMap((child) => blocksOf(child))
}

/**
 * The textblocks of a field with their offsets. Offsets count UTF-16 code units of `proseText`, where textblocks
 * are joined by one newline and a hard break counts as one; comments use these offsets.
 */
export function textBlocks(prose: Prose): TextBlock[] {
  let offset = 0
  return prose.content.flatMap(blocksOf).map((text) => {
    const block = { offset, text }
    offset += text.length + 1
    return block
  })
}

/** The field's text without marks or structure: textblocks joined by a newline. */
export function proseText(prose: Prose | null): string {
  if (!prose) return ''
  return prose.content.flatMap(blocksOf).join('\n')
}
