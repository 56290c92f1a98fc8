import * as Y from 'yjs'
import { children, elements, type FieldName, fieldFragment, type Parent } from './doc.ts'
import { nodeNames } from './prose.ts'

/*
 * Who wrote which words. Yjs marks every letter with the number of the client that wrote it and forgets whose that was;
 * the log knows who sent each update. Together they tell the author of each letter, also when several wrote at once.
 */

/** Words of a field by one client of Yjs, in offsets of `textBlocks` (prose.ts). */
export type ClientWords = { from: number; to: number; client: number }

/** The numbers of the clients whose words each of these Yjs updates (v1) brings. Throws on what is no update. */
export function clientsOf(updates: readonly Uint8Array[]): number[][] {
  return updates.map((update) => [...Y.parseUpdateMeta(update).from.keys()])
}

/** Reads from a document's state (one merged Yjs update) by which client each word of each field was written. */
export function clientWords(state: Uint8Array): Record<FieldName, ClientWords[]> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const words = {
    background: wordsIn(fieldFragment(doc, 'background')),
    recommendation: wordsIn(fieldFragment(doc, 'recommendation')),
    presentation: wordsIn(fieldFragment(doc, 'presentation')),
    decision: wordsIn(fieldFragment(doc, 'decision')),
  }
  doc.destroy()
  return words
}

function wordsIn(fragment: Y.XmlFragment): ClientWords[] {
  const words: ClientWords[] = []
  let at = 0
  const blocks = (parent: Parent) => {
    for (const child of children(parent)) {
      if (child instanceof Y.XmlText) textblock([child])
      else if (containers.has(child.nodeName)) for (const part of parts(child)) blocks(part)
      else textblock(children(child))
    }
  }
  const textblock = (line: (Y.XmlElement | Y.XmlText)[]) => {
    inline(line)
    at += 1
  }
  const inline = (line: (Y.XmlElement | Y.XmlText)[]) => {
    for (const child of line) {
      if (child instanceof Y.XmlText) letters(child)
      else if (child.nodeName === nodeNames.hardBreak) at += 1
      else inline(children(child))
    }
  }
  const letters = (text: Y.XmlText) => {
    // Yjs has no public way to ask a text for its letters' clients.
    for (let item = text._start; item; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue
      const last = words.at(-1)
      const { client } = item.id
      if (last?.client === client && last.to === at) last.to += item.length
      else words.push({ from: at, to: at + item.length, client })
      at += item.length
    }
  }
  blocks(fragment)
  return words
}

const containers: ReadonlySet<string> = new Set([
  nodeNames.bulletList,
  nodeNames.orderedList,
  nodeNames.table,
])

/** What of a list or a table holds blocks: its points, or its cells. */
function parts(container: Y.XmlElement): Y.XmlElement[] {
  const within = elements(container)
  return container.nodeName === nodeNames.table ? within.flatMap(elements) : within
}
