import * as Y from 'yjs'
import { type FieldName, fieldFragment } from '@/lib/agenda/doc.ts'
import { nodeNames } from '@/lib/agenda/prose.ts'
import { type Context, findQuote, type Place, settle } from './quote.ts'

/*
 * How a thread keeps hold of its words. An anchor is two Yjs relative positions: the first letter, held from its
 * left side, and the last letter, held from its right side, so that text typed at either edge stays outside and
 * text typed within comes along. Yjs gives every letter an identity, so edits elsewhere, by anyone, in any order,
 * cannot shift an anchor onto other words. A letter that is deleted leaves a trace at which its edge falls
 * together; when the two edges meet, the words are gone.
 *
 * Two things identity cannot follow, because the editor's binding tells Yjs what changed by comparing texts. Some
 * moves (a paragraph split, joined, or brought back by a colleague's undo) are written as deleting letters and
 * inserting equal ones; and a letter typed before an equal one is written after it, so that an edge slips ("k" typed
 * before "kort" makes the old "k" part of the new word). `locate` therefore looks for the quoted words themselves,
 * first where the anchor is or fell together, then anywhere in the field if they, with what stood around them, are
 * long enough to mean one place. It only reads: nothing is stored, and a thread that was detached comes back by itself.
 */

/** Two encoded Yjs relative positions: the first letter (assoc 0) and the last (assoc -1). */
export type Anchor = { start: Uint8Array<ArrayBuffer>; end: Uint8Array<ArrayBuffer> }

type Leaf = { node: Y.XmlText | null; from: number; to: number }
type Layout = { leaves: Leaf[]; text: string }

/** Makes an anchor for the words between two offsets, spaces at the edges left out; null when no letter is left. */
export function createAnchor(doc: Y.Doc, { field, from, to }: Place & { field: FieldName }): Anchor | null {
  const { leaves, text } = layout(doc, field)
  const place = trimmed(text, { from: Math.max(0, from), to: Math.min(text.length, to) })
  if (!place) return null
  const first = leafOf(leaves, place.from)
  const last = leafOf(leaves, place.to - 1)
  if (!first?.node || !last?.node) return null
  return {
    start: encode(Y.createRelativePositionFromTypeIndex(first.node, place.from - first.from, 0)),
    end: encode(Y.createRelativePositionFromTypeIndex(last.node, place.to - last.from, -1)),
  }
}

/** Where an anchor's words stand now, by their identity alone; null when they are gone. */
export function resolveAnchor(doc: Y.Doc, field: FieldName, anchor: Anchor): Place | null {
  return rangeOf(doc, anchor, layout(doc, field)).place
}

/** What a thread is on: its anchor, the words it held when it was started, and what stood around them, if kept. */
export type Held = { field: FieldName; anchor: Anchor; quote: string; context?: Context | null }

/** Where a thread's words stand now: by identity, else by what they say; null is a detached thread. */
export function locate(doc: Y.Doc, { field, anchor, quote, context = null }: Held): Place | null {
  const { text, leaves } = layout(doc, field)
  const { place, near } = rangeOf(doc, anchor, { text, leaves })
  return (place && settle(text, place, quote)) ?? findQuote(text, quote, { near, context })
}

/**
 * Carries an anchor from a document that ended to the one that began with the same words; null when its words were
 * gone by then.
 */
export function carryAnchor({ before, after }: { before: Y.Doc; after: Y.Doc }, held: Held): Anchor | null {
  const { field } = held
  const place = locate(before, held)
  if (!place) return null
  const words = fieldText(before, field).slice(place.from, place.to)
  if (fieldText(after, field).slice(place.from, place.to) !== words) return null
  return createAnchor(after, { field, ...place })
}

/** The field's text as the offsets count it. */
export function fieldText(doc: Y.Doc, field: FieldName): string {
  return layout(doc, field).text
}

function rangeOf(doc: Y.Doc, anchor: Anchor, { leaves, text }: Layout) {
  const from = offsetOf(doc, anchor.start, leaves)
  const to = offsetOf(doc, anchor.end, leaves)
  const place = from !== null && to !== null ? trimmed(text, { from, to }) : null
  const edges = [from, to].filter((edge) => edge !== null)
  const near = place ?? (edges.length ? { from: Math.min(...edges), to: Math.max(...edges) } : null)
  return { place, near }
}

function offsetOf(doc: Y.Doc, position: Uint8Array, leaves: Leaf[]): number | null {
  const at = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), doc)
  const leaf = at && leaves.find(({ node }) => node === at.type)
  return leaf ? Math.min(leaf.from + at.index, leaf.to) : null
}

function trimmed(text: string, { from, to }: Place): Place | null {
  const words = text.slice(from, Math.max(from, to))
  const start = from + words.length - words.trimStart().length
  const end = start + words.trim().length
  return end > start ? { from: start, to: end } : null
}

function leafOf(leaves: Leaf[], offset: number): Leaf | undefined {
  return leaves.find((leaf) => leaf.from <= offset && offset < leaf.to)
}

function encode(position: Y.RelativePosition): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Y.encodeRelativePosition(position))
}

/** The texts and hard breaks of a field with their offsets, counted exactly as `read` and `textBlocks` do. */
function layout(doc: Y.Doc, field: FieldName): Layout {
  const leaves: Leaf[] = []
  let text = ''
  for (const [index, block] of blocksOf(fieldFragment(doc, field)).entries()) {
    if (index > 0) text += '\n'
    for (const node of block) {
      const from = text.length
      text += node ? words(node) : '\n'
      leaves.push({ node, from, to: text.length })
    }
  }
  return { leaves, text }
}

type Parent = Y.XmlFragment | Y.XmlElement

/** The textblocks below a node; each is its texts in order, with null for a hard break. */
function blocksOf(parent: Parent): (Y.XmlText | null)[][] {
  return parent.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [[child]]
    return child instanceof Y.XmlElement ? blocksIn(child) : []
  })
}

function blocksIn(element: Y.XmlElement): (Y.XmlText | null)[][] {
  switch (element.nodeName) {
    case nodeNames.bulletList:
    case nodeNames.orderedList:
      return elements(element).flatMap(blocksOf)
    case nodeNames.table:
      return elements(element).flatMap(elements).flatMap(blocksOf)
    default:
      return [inlineOf(element)]
  }
}

function inlineOf(element: Y.XmlElement): (Y.XmlText | null)[] {
  return element.toArray().flatMap((child) => {
    if (child instanceof Y.XmlText) return [child]
    if (!(child instanceof Y.XmlElement)) return []
    return child.nodeName === nodeNames.hardBreak ? [null] : inlineOf(child)
  })
}

function elements(parent: Parent): Y.XmlElement[] {
  return parent.toArray().filter((child) => child instanceof Y.XmlElement)
}

function words(node: Y.XmlText): string {
  const delta: { insert?: unknown }[] = node.toDelta()
  return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
}
