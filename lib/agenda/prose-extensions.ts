import { type Extensions, Node } from '@tiptap/core'
import { Bold } from '@tiptap/extension-bold'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Heading } from '@tiptap/extension-heading'
import { Italic } from '@tiptap/extension-italic'
import { BulletList } from '@tiptap/extension-list/bullet-list'
import { ListItem } from '@tiptap/extension-list/item'
import { ListKeymap } from '@tiptap/extension-list/keymap'
import { OrderedList } from '@tiptap/extension-list/ordered-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { Text } from '@tiptap/extension-text'
import { Gapcursor } from '@tiptap/extensions/gap-cursor'
import { ProseLink } from './prose-link.ts'

// The editor's form of prose.ts: the same nodes and marks, nothing more, so that paste and Yjs can bring in nothing
// else. Taken one by one: the ready-made kit brings what we would only switch off.

// Numbered lists always begin at 1: a number is computed from position, never kept in the text.
const PlainOrderedList = OrderedList.extend({
  addAttributes() {
    return {}
  },
})

/** The extensions of a written field. Undo, carets and the Yjs binding are added by the editor. */
export const proseExtensions: Extensions = [
  Document,
  Paragraph,
  Text,
  // Told as a level of its own: sections, items and field labels stand above it on the page.
  Heading.configure({ levels: [3], HTMLAttributes: { 'aria-level': '5' } }),
  Bold,
  Italic,
  HardBreak,
  BulletList,
  PlainOrderedList,
  ListItem,
  ListKeymap,
  ProseLink,
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader,
  TableCell,
  Gapcursor,
]

const TitleDocument = Node.create({ name: 'doc', topNode: true, content: 'paragraph' })

/** The extensions of a title: one paragraph of bare text. */
export const titleExtensions: Extensions = [TitleDocument, Paragraph, Text]
