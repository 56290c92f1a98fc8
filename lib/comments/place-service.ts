import * as Y from 'yjs'
import { fieldNames } from '@/lib/agenda/doc.ts'
import { documentsSince } from '@/lib/agenda/service.ts'
import { AppError } from '@/lib/errors.ts'
import { type Anchor, carryAnchor, createAnchor, fieldText, locate } from './anchor.ts'
import { type Context, contextOf, findQuote, saysSame } from './quote.ts'
import type { TextSelection } from './schema.ts'
import type { ThreadRow } from './store.ts'
import type { Placing } from './view.ts'

/**
 * Finds the words of every anchored thread in the documents as they are now; threads on a whole item are left out.
 * A thread begun on an earlier document of its item is carried over document by document. Nothing is stored. `sent`
 * holds, by item, the state to find them in where that is not the document as it is now.
 */
export async function placeThreads(
  threads: ThreadRow[],
  { generations, sent }: { generations: Map<string, number>; sent: Map<string, { state: Uint8Array }> },
): Promise<Map<string, Placing>> {
  const placings = new Map<string, Placing>()
  for (const [itemId, generation] of generations) {
    const anchored = threads.filter((thread) => thread.itemId === itemId && thread.field !== null)
    if (anchored.length === 0) continue
    const documents = await openDocuments(itemId, anchored)
    const words = sent.get(itemId)
    if (words) {
      documents.last.get(generation)?.destroy()
      documents.last.set(generation, open(words.state))
    }
    for (const thread of anchored) placings.set(thread.id, placeThread(thread, documents, generation))
    for (const doc of [...documents.last.values(), ...documents.first.values()]) doc.destroy()
  }
  return placings
}

/** Each generation's document as it is or ended, and as it began. */
type Documents = { last: Map<number, Y.Doc>; first: Map<number, Y.Doc> }

async function openDocuments(itemId: string, anchored: ThreadRow[]): Promise<Documents> {
  const oldest = Math.min(...anchored.map((thread) => thread.generation))
  const documents: Documents = { last: new Map(), first: new Map() }
  for (const { generation, firstState, state } of await documentsSince(itemId, oldest)) {
    documents.last.set(generation, open(state))
    if (firstState && generation > oldest) documents.first.set(generation, open(firstState))
  }
  return documents
}

function placeThread(thread: ThreadRow, { last, first }: Documents, generation: number): Placing {
  const field = fieldNames.find((name) => name === thread.field) ?? 'presentation'
  const { quote, anchorStart: start, anchorEnd: end } = thread
  const words = { field, quote, context: { before: thread.quoteBefore, after: thread.quoteAfter } }
  let anchor: Anchor | null = start && end && { start, end }
  for (let at = thread.generation; at < generation && anchor; at++) {
    const before = last.get(at)
    const after = first.get(at + 1)
    anchor = before && after ? carryAnchor({ before, after }, { ...words, anchor }) : null
  }
  const doc = last.get(generation)
  return { field, anchor, place: doc && anchor ? locate(doc, { ...words, anchor }) : null }
}

/**
 * Anchors the words a person selected in the state given. They may have moved since the person saw them; when they
 * can't be told for sure, throws anchor-moved.
 */
export function anchorSelection(
  state: Uint8Array,
  selection: TextSelection,
): { anchor: Anchor; quote: string; context: Context } {
  const { field, from, to } = selection
  const doc = open(state)
  const text = fieldText(doc, field)
  const stands = saysSame(text.slice(from, to), selection.quote)
  const place = stands ? { from, to } : findQuote(text, selection.quote)
  const anchor = place && createAnchor(doc, { field, ...place })
  doc.destroy()
  if (!place || !anchor) throw new AppError('anchor-moved')
  return { anchor, quote: text.slice(place.from, place.to).trim(), context: contextOf(text, place) }
}

function open(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}
