import { type Extensions, Node } from '@tiptap/core'
import { Link } from '@tiptap/extension-link'
import { OrderedList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import { StarterKit } from '@tiptap/starter-kit'
import { safeUrl } from './prose.ts'

// The editor's form of prose.ts: the same nodes and marks, nothing more, so that paste and Yjs can bring in nothing else.

const SafeLink = Link.extend({
  addAttributes() {
    return { href: { default: null, parseHTML: (element) => safeUrl(element.getAttribute('href') ?? '') } }
  },
}).configure({
  openOnClick: false,
  autolink: true,
  defaultProtocol: 'https',
  isAllowedUri: (url) => safeUrl(url) !== null,
  HTMLAttributes: { target: '_blank', rel: 'noopener noreferrer nofollow' },
})

// Numbered lists always begin at 1: a number is computed from position, never kept in the text.
const PlainOrderedList = OrderedList.extend({
  addAttributes() {
    return {}
  },
})

/** The extensions of a written field. Undo, carets and the Yjs binding are added by the editor. */
export const proseExtensions: Extensions = [
  StarterKit.configure({
    heading: { levels: [3] },
    orderedList: false,
    link: false,
    undoRedo: false,
    blockquote: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    trailingNode: false,
  }),
  PlainOrderedList,
  SafeLink,
  Table.configure({ resizable: false }),
  TableRow,
  TableHeader,
  TableCell,
]

const TitleDocument = Node.create({ name: 'doc', topNode: true, content: 'paragraph' })

/** The extensions of a title: one paragraph of bare text. */
export const titleExtensions: Extensions = [
  TitleDocument,
  StarterKit.configure({
    document: false,
    heading: false,
    bulletList: false,
    orderedList: false,
    listItem: false,
    listKeymap: false,
    link: false,
    bold: false,
    italic: false,
    undoRedo: false,
    blockquote: false,
    code: false,
    codeBlock: false,
    hardBreak: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    trailingNode: false,
  }),
]
