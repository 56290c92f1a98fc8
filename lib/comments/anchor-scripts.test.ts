import { getSchema } from '@tiptap/core'
import { updateYFragment } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, fieldFragment, readState } from '@/lib/agenda/doc.ts'
import { condense } from '@/lib/agenda/merge.ts'
import type { Prose } from '@/lib/agenda/prose.ts'
import { proseExtensions } from '@/lib/agenda/prose-extensions.ts'
import { type Anchor, carryAnchor, createAnchor, fieldText, locate } from './anchor.ts'
import { type Context, contextOf } from './quote.ts'

/*
 * What people do to a text in an evening, at random: typing, deleting, splitting, joining and moving paragraphs,
 * undo and redo, two people apart and together again, compaction, an item that is closed and opened. Everything is
 * written the way the editor's binding writes it. Each letter of the text stands in it once and typed letters are all
 * alike, so which letters an anchor holds can be read off the words it is on.
 */

const field = 'background'
const schema = getSchema(proseExtensions)
const alphabet = Array.from({ length: 240 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('')
const typed = 'z'

const steps = [
  'type',
  'delete',
  'split',
  'join',
  'move',
  'undo',
  'redo',
  'merge',
  'compact',
  'renew',
] as const
type Step = { kind: (typeof steps)[number]; peer: number; block: number; at: number; length: number }

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...steps, 'type', 'type', 'delete', 'undo'),
  peer: fc.nat(1),
  block: fc.nat(11),
  at: fc.nat(60),
  length: fc.integer({ min: 1, max: 12 }),
})

type Peer = { doc: Y.Doc; undo: Y.UndoManager }
type Kept = { quote: string; context: Context; anchor: Anchor | null }

function peerOf(state: Uint8Array): Peer {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const undo = new Y.UndoManager(fieldFragment(doc, field), {
    captureTimeout: 0,
    trackedOrigins: new Set(['own']),
  })
  return { doc, undo }
}

function stateOf(paragraphs: string[]): Uint8Array {
  const prose: Prose = {
    type: 'doc',
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  }
  return createState({ ...emptyContent, fields: { ...emptyContent.fields, [field]: prose } })
}

/** The paragraphs of a document, empty ones too. */
function paragraphsOf(doc: Y.Doc): string[] {
  return fieldFragment(doc, field)
    .toArray()
    .map((block) => (block instanceof Y.XmlElement ? block.toArray().map(String).join('') : ''))
}

function write({ doc }: Peer, paragraphs: string[]): void {
  const content = paragraphs.map((text) => ({
    type: 'paragraph',
    ...(text && { content: [{ type: 'text', text }] }),
  }))
  const node = schema.nodeFromJSON({ type: 'doc', content })
  doc.transact(
    () => updateYFragment(doc, fieldFragment(doc, field), node, { mapping: new Map(), isOMark: new Map() }),
    'own',
  )
}

function edit(peer: Peer, step: Step): void {
  if (step.kind === 'undo') peer.undo.undo()
  else if (step.kind === 'redo') peer.undo.redo()
  else write(peer, edited(paragraphsOf(peer.doc), step))
}

function edited(texts: string[], { kind, block, at, length }: Step): string[] {
  const index = block % texts.length
  const text = texts[index] ?? ''
  const start = at % (text.length + 1)
  const next = (index + 1) % texts.length
  switch (kind) {
    case 'type':
      return texts.with(index, text.slice(0, start) + typed.repeat(length) + text.slice(start))
    case 'delete':
      return texts.with(index, text.slice(0, start) + text.slice(start + length))
    case 'split':
      return texts.toSpliced(index, 1, text.slice(0, start), text.slice(start))
    case 'join':
      return texts.toSpliced(index, 2, text + (texts[index + 1] ?? ''))
    case 'move':
      return texts.toSpliced(index, 1).toSpliced(next, 0, text)
    default:
      return texts
  }
}

function exchange(peers: Peer[]): void {
  for (const { doc } of peers) {
    for (const other of peers)
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(doc)), 'other')
  }
}

const letters = (text: string) => text.replace(/[z\s]/g, '')

/** What an anchor is on may be less than its quote, never anything else; and words that stand whole are never lost. */
function judge(doc: Y.Doc, { quote, context, anchor }: Kept, script: readonly Step[]): void {
  const text = fieldText(doc, field)
  const place = anchor && locate(doc, { field, anchor, quote, context })
  const words = place ? text.slice(place.from, place.to) : ''
  const told = `${JSON.stringify(script)} on ${JSON.stringify(quote)}`
  // What two people moved, split or took back at once stands twice, and then nobody can tell.
  const isDoubled = [...letters(quote)].some((letter) => text.split(letter).length > 2)
  // Between ends that stand, and between paragraphs that changed places, may be what was moved there; else nothing is.
  const hasEnds = words.at(0) === quote.at(0) && words.at(-1) === quote.at(-1)
  const mayHoldOthers = isDoubled || hasEnds || quote.includes('\n')
  if (place && mayHoldOthers)
    expect(
      [...words].some((letter) => quote.includes(letter)),
      told,
    ).toBe(true)
  else if (place)
    expect(isMostly(letters(words), quote), `wrong words ${JSON.stringify(words)} after ${told}`).toBe(true)
  const solid = text.replace(/\s/g, '')
  const near = context.before.slice(-12) + quote.replace(/\s/g, '') + context.after.slice(0, 12)
  const standsOnce = !isDoubled && solid.includes(near)
  if (anchor && standsOnce) expect(letters(words), `vanished after ${told}`).not.toBe('')
}

/** All of the quote's letters but, at the end, for up to three of a word that got another ending. */
function isMostly(words: string, quote: string): boolean {
  const strange = [...words].filter((letter) => !quote.includes(letter)).length
  return strange < words.length && strange <= 3
}

function run(script: Step[], pairs: [number, number][]): void {
  const begun = stateOf(Array.from({ length: 8 }, (_, at) => alphabet.slice(at * 30, at * 30 + 30)))
  let peers = [peerOf(begun), peerOf(begun)]
  const [first] = peers
  if (!first) throw new Error('nobody')
  const text = fieldText(first.doc, field)
  let held = pairs.map(([from, length]): Kept => {
    const quote = text.slice(from, from + length).trim()
    const at = text.indexOf(quote)
    const place = { from: at, to: at + quote.length }
    return { quote, context: contextOf(text, place), anchor: createAnchor(first.doc, { field, ...place }) }
  })
  for (const one of script) {
    const peer = peers[one.peer]
    if (!peer) throw new Error('nobody')
    if (one.kind === 'merge') exchange(peers)
    else if (one.kind === 'compact' || one.kind === 'renew') {
      exchange(peers)
      const before = peer.doc
      const isSame = one.kind === 'compact'
      const state = isSame
        ? condense([Y.encodeStateAsUpdate(before)])
        : createState(readState(Y.encodeStateAsUpdate(before)))
      peers = [peerOf(state), peerOf(state)]
      const after = peers[0]?.doc ?? before
      if (!isSame) {
        held = held.map(({ anchor, ...words }) => ({
          ...words,
          anchor: anchor && carryAnchor({ before, after }, { field, anchor, ...words }),
        }))
      }
    } else edit(peer, one)
  }
  exchange(peers)
  const docs = peers.map(({ doc }) => doc)
  for (const one of held) for (const doc of docs) judge(doc, one, script)
  const [left, right] = docs.map((doc) => fieldText(doc, field))
  expect(right).toBe(left)
}

describe('20 anchors through a random evening', () => {
  // 10,000 anchors: seconds on a quiet machine, more on a busy one.
  it('are never on wrong words, and no words that stand are lost', { timeout: 120_000 }, () => {
    const pairs = fc.array(fc.tuple(fc.nat(235), fc.integer({ min: 2, max: 40 })), {
      minLength: 20,
      maxLength: 20,
    })
    fc.assert(fc.property(fc.array(anyStep, { minLength: 5, maxLength: 30 }), pairs, run), { numRuns: 500 })
  })
})
