import * as Y from 'yjs'
import { fieldFragment, fieldNames, read, titleFragment } from '@/lib/agenda/doc.ts'

/** A marked word: `<` who wrote it, a dot, and the how-manieth of theirs it is `>`. */
const marked = /<[\w-]+\.\d+>/g

/** Writes the mark of somebody's nth word. */
export function markOf(name: string, count: number): string {
  return `<${name}.${count}>`
}

/** How often each marked word stands in a document, wherever it stands. */
export function wordsOf(doc: Y.Doc): Map<string, number> {
  const counts = new Map<string, number>()
  const roots = [titleFragment(doc), ...fieldNames.map((field) => fieldFragment(doc, field))]
  for (const root of roots) {
    for (const [word] of root.toString().matchAll(marked)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** All texts of the background in their order; the first is where most is written. */
export function textsOf(doc: Y.Doc): Y.XmlText[] {
  return fieldFragment(doc, 'background')
    .toArray()
    .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : [block]))
    .filter((part) => part instanceof Y.XmlText)
}

/** The letters of a text without its marks. */
export function lettersOf(text: Y.XmlText): string {
  const delta: { insert?: unknown }[] = text.toDelta()
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '￼')).join('')
}

/** The marked words of a text and where each begins. */
export function placesOf(text: Y.XmlText): { word: string; at: number }[] {
  return [...lettersOf(text).matchAll(marked)].map((found) => ({ word: found[0], at: found.index }))
}

/** The document that a state holds. */
export function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

/** All that a document says, to be compared with what another says. */
export function sayingsOf(doc: Y.Doc): string {
  return JSON.stringify(read(doc))
}
