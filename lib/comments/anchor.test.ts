import { getSchema } from '@tiptap/core'
import { updateYFragment } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, fieldFragment, read } from '@/lib/agenda/doc.ts'
import { type Block, type Inline, type Mark, type Prose, proseText } from '@/lib/agenda/prose.ts'
import { proseExtensions } from '@/lib/agenda/prose-extensions.ts'
import { type Anchor, createAnchor, fieldText, locate, resolveAnchor } from './anchor.ts'
import { contextOf } from './quote.ts'

const field = 'background'
const schema = getSchema(proseExtensions)

function t(text: string, ...marks: Mark[]): Inline {
  return { type: 'text', text, ...(marks.length ? { marks } : {}) }
}
function p(...content: (string | Inline)[]): Block {
  const inline = content.map((part) => (typeof part === 'string' ? t(part) : part))
  return inline.length ? { type: 'paragraph', content: inline } : { type: 'paragraph' }
}
function list(...items: Block[][]): Block {
  return { type: 'bulletList', content: items.map((content) => ({ type: 'listItem', content })) }
}

function docOf(blocks: Block[]): Y.Doc {
  const prose: Prose = { type: 'doc', content: blocks }
  return copyOf(createState({ ...emptyContent, fields: { ...emptyContent.fields, [field]: prose } }))
}
function copyOf(state: Uint8Array | Y.Doc): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state instanceof Y.Doc ? Y.encodeStateAsUpdate(state) : state)
  return doc
}

/** Writes blocks the way the editor's binding does after a transaction. */
function rewrite(doc: Y.Doc, blocks: Block[]): void {
  const node = schema.nodeFromJSON({ type: 'doc', content: blocks })
  doc.transact(() =>
    updateYFragment(doc, fieldFragment(doc, field), node, { mapping: new Map(), isOMark: new Map() }),
  )
}
function textOf(doc: Y.Doc, block = 0): Y.XmlText {
  const element = fieldFragment(doc, field).get(block)
  const text = element instanceof Y.XmlElement ? element.get(0) : null
  if (!(text instanceof Y.XmlText)) throw new Error('no text there')
  return text
}
function anchorOn(doc: Y.Doc, words: string): { anchor: Anchor; quote: string } {
  const from = fieldText(doc, field).indexOf(words)
  const anchor = createAnchor(doc, { field, from, to: from + words.length })
  if (from < 0 || !anchor) throw new Error(`no anchor on ${words}`)
  return { anchor, quote: words }
}
function wordsAt(doc: Y.Doc, place: { from: number; to: number } | null): string | null {
  return place && fieldText(doc, field).slice(place.from, place.to)
}

/**
 * Every law on one case: an anchor's bytes are read back as they were written; what is said is what is kept, on both
 * peers, in both orders, before and after a merge; and once the edit is undone the words are held again.
 */
function laws(blocks: Block[], words: string, edit: (doc: Y.Doc) => void, now: string | null, found = now) {
  const origin = docOf(blocks)
  const { anchor, quote } = anchorOn(origin, words)
  const from = fieldText(origin, field).indexOf(words)
  const context = contextOf(fieldText(origin, field), { from, to: from + words.length })
  expect(wordsAt(origin, resolveAnchor(origin, field, anchor))).toBe(words)
  const state = Y.encodeStateAsUpdate(origin)

  for (const edge of [anchor.start, anchor.end]) {
    expect(new Uint8Array(Y.encodeRelativePosition(Y.decodeRelativePosition(edge)))).toEqual(edge)
  }
  const editor = copyOf(state)
  const colleague = copyOf(state)
  const undo = new Y.UndoManager(fieldFragment(editor, field))
  edit(editor)
  fieldFragment(colleague, 'decision').insert(0, [new Y.XmlElement('paragraph')])
  const edits = Y.encodeStateAsUpdate(editor, Y.encodeStateVector(origin))
  const others = Y.encodeStateAsUpdate(colleague, Y.encodeStateVector(origin))

  const one = copyOf(state)
  Y.applyUpdate(one, edits)
  Y.applyUpdate(one, others)
  const two = copyOf(state)
  Y.applyUpdate(two, others)
  Y.applyUpdate(two, edits)
  const merged = copyOf(Y.mergeUpdates([state, others, edits]))
  const again = copyOf(merged)
  for (const doc of [editor, one, two, merged, again]) {
    expect(wordsAt(doc, resolveAnchor(doc, field, anchor))).toBe(now)
    expect(wordsAt(doc, locate(doc, { field, anchor, quote }))).toBe(found)
  }
  undo.undo()
  expect(wordsAt(editor, locate(editor, { field, anchor, quote, context }))).toBe(words)
}

const sentence = [p('Rådet drøfter en strategi fra 2020.')]
const insert = (index: number, text: string) => (doc: Y.Doc) => textOf(doc).insert(index, text)
const remove = (index: number, length: number) => (doc: Y.Doc) => textOf(doc).delete(index, length)
const both =
  (...edits: ((doc: Y.Doc) => void)[]) =>
  (doc: Y.Doc) =>
    edits.forEach((edit) => {
      edit(doc)
    })

describe('an anchor', () => {
  it('follows its words through edits', () => {
    laws(sentence, 'en strategi', insert(0, 'Hele '), 'en strategi')
    laws(sentence, 'en strategi', insert(17, 'ny '), 'en ny strategi')
    laws(sentence, 'en strategi', insert(14, 'med '), 'en strategi')
    laws(sentence, 'en strategi', insert(25, 'en'), 'en strategi')
    laws(sentence, 'en strategi', remove(0, 14), 'en strategi')
    laws(sentence, 'en strategi', remove(14, 3), 'strategi')
    laws(sentence, 'en strategi', remove(16, 9), 'en')
    laws(sentence, 'en strategi', remove(18, 3), 'en stegi')
    laws(sentence, 'Rådet', insert(0, 'Hele '), 'Rådet')
    laws(sentence, 'fra 2020.', insert(35, ' Ja.'), 'fra 2020.')
  })

  it('is detached when its words are gone', () => {
    laws(sentence, 'en strategi', remove(14, 11), null)
    laws(sentence, 'en strategi', remove(0, 35), null)
    laws(sentence, 'en strategi', both(remove(14, 11), insert(14, 'en plan')), null)
    laws([p('et'), p('to')], 'to', (doc) => fieldFragment(doc, field).delete(1, 1), null)
    laws([p('et'), p('to'), p('tre')], 'to\ntre', (doc) => fieldFragment(doc, field).delete(1, 1), null)
    laws([p('a b')], 'a b', both(remove(2, 1), remove(0, 1)), null)
  })

  it('does not mind bold, italic or a link', () => {
    laws(sentence, 'en strategi', (doc) => textOf(doc).format(10, 10, { bold: {} }), 'en strategi')
    laws(
      sentence,
      'en strategi',
      (doc) => rewrite(doc, [p('Rådet drøfter ', t('en str', { type: 'bold' }), 'ategi fra 2020.')]),
      'en strategi',
    )
    laws(
      [p('Se ', t('planen', { type: 'link', attrs: { href: 'https://kl.dk' } }), ' her.')],
      'planen',
      (doc) => rewrite(doc, [p('Se planen her.')]),
      'planen',
    )
  })

  it('spans paragraphs, lists and hard breaks', () => {
    const blocks = [
      p('Først dette'),
      list([p('en ting')], [p('to ting')]),
      p('a', { type: 'hardBreak' }, 'b'),
    ]
    laws(
      blocks,
      'dette\nen ting\nto',
      (doc) => textOf(doc).insert(0, 'Allerførst '),
      'dette\nen ting\nto',
      'dette\nen ting\nto',
    )
    laws(blocks, 'to ting\na\nb', (doc) => fieldFragment(doc, field).delete(0, 1), 'to ting\na\nb')
    const doc = docOf(blocks)
    expect(wordsAt(doc, resolveAnchor(doc, field, anchorOn(doc, 'a\nb').anchor))).toBe('a\nb')
  })

  it('stays on its words when a paragraph is split or joined, by identity or by what they say', () => {
    const split = (doc: Y.Doc) => rewrite(doc, [p('Rådet drøfter '), p('en strategi fra 2020.')])
    laws(sentence, 'Rådet drøfter', split, ...identityOrQuote(split, 'Rådet drøfter'))
    laws(sentence, 'en strategi fra', split, ...identityOrQuote(split, 'en strategi fra'))
    const within = (doc: Y.Doc) => rewrite(doc, [p('Rådet drøfter en str'), p('ategi fra 2020.')])
    laws(
      sentence,
      'en strategi fra',
      within,
      ...identityOrQuote(within, 'en strategi fra', 'en str\nategi fra'),
    )
    const apart = [p('Rådet drøfter '), p('en strategi fra 2020.')]
    const join = (doc: Y.Doc) => rewrite(doc, sentence)
    laws(
      apart,
      'en strategi fra',
      join,
      ...identityOrQuote(join, 'en strategi fra', 'en strategi fra', apart),
    )
    laws(
      apart,
      'drøfter \nen strategi',
      join,
      ...identityOrQuote(join, 'drøfter \nen strategi', 'drøfter en strategi', apart),
    )
  })

  it('keeps to its words when letters like theirs are typed beside them in the editor', () => {
    const blocks = [p('Rådet giver en kort status på sagen.')]
    const typed = (before: string, text: string, after: string) => (doc: Y.Doc) => {
      for (let length = 1; length <= text.length; length++)
        rewrite(doc, [p(before + text.slice(0, length) + after)])
    }
    const words = 'kort status'
    const left = typed('Rådet giver en ', 'ganske ', 'kort status på sagen.')
    laws(blocks, words, left, 'ke kort status', words)
    const right = typed('Rådet giver en kort status', 'samtale', ' på sagen.')
    laws(blocks, words, right, words)
    const within = typed('Rådet giver en kort ', 'skriftlig ', 'status på sagen.')
    laws(blocks, words, within, 'kort skriftlig status')
    const gone = both(left, (doc) => rewrite(doc, [p('Rådet giver en ganske på sagen.')]))
    laws(blocks, words, gone, 'ke', null)
  })

  it('comes back onto its words when the deletion is undone, also for colleagues', () => {
    const doc = docOf(sentence)
    const { anchor, quote } = anchorOn(doc, 'en')
    const undo = new Y.UndoManager(fieldFragment(doc, field))
    textOf(doc).delete(14, 3)
    expect(resolveAnchor(doc, field, anchor)).toBeNull()
    undo.undo()
    const stored = copyOf(doc)
    expect(wordsAt(doc, resolveAnchor(doc, field, anchor))).toBe('en')
    expect(locate(doc, { field, anchor, quote })).toEqual({ from: 14, to: 16 })
    expect(locate(stored, { field, anchor, quote })).toEqual({ from: 14, to: 16 })
  })

  it('leaves out spaces at its edges and refuses to hold on to nothing', () => {
    const doc = docOf([p('a  b'), p(), p('c')])
    const anchor = createAnchor(doc, { field, from: 1, to: 99 })
    expect(anchor && wordsAt(doc, resolveAnchor(doc, field, anchor))).toBe('b\n\nc')
    expect(createAnchor(doc, { field, from: 1, to: 3 })).toBeNull()
    expect(createAnchor(doc, { field: 'decision', from: 0, to: 5 })).toBeNull()
  })

  it('is null, not wrong, on a document with another history', () => {
    const { anchor } = anchorOn(docOf(sentence), 'en strategi')
    expect(resolveAnchor(docOf(sentence), field, anchor)).toBeNull()
  })
})

/** What the binding's own way of writing lets identity see is its affair; what `locate` finds is ours. */
function identityOrQuote(
  edit: (doc: Y.Doc) => void,
  words: string,
  found = words,
  blocks = sentence,
): [string | null, string] {
  const doc = docOf(blocks)
  const { anchor } = anchorOn(doc, words)
  edit(doc)
  const now = wordsAt(doc, resolveAnchor(doc, field, anchor))
  if (now !== null) expect(found).toContain(now)
  return [now, found]
}

describe('offsets over the document', () => {
  const inline = fc.oneof(
    fc.string({ maxLength: 6 }).map((text): Inline => t(text || 'x')),
    fc.string({ minLength: 1, maxLength: 4 }).map((text): Inline => t(text, { type: 'bold' })),
    fc.constant<Inline>({ type: 'hardBreak' }),
  )
  const textblock = fc.oneof(
    fc.array(inline, { maxLength: 4 }).map((content): Block => ({ type: 'paragraph', content })),
    fc
      .array(inline, { maxLength: 3 })
      .map((content): Block => ({ type: 'heading', attrs: { level: 3 }, content })),
  )
  const { block } = fc.letrec<{ block: Block }>((tie) => ({
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      textblock,
      fc
        .array(fc.array(tie('block'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
        .map((items) => list(...items)),
      fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map(
        (cells): Block => ({
          type: 'table',
          content: [
            { type: 'tableRow', content: cells.map((cell) => ({ type: 'tableCell', content: [cell] })) },
          ],
        }),
      ),
    ),
  }))

  it('equal those over its plain projection', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), (blocks) => {
        const doc = docOf(blocks)
        const prose = read(doc).fields[field]
        if (prose) expect(fieldText(doc, field)).toBe(proseText(prose))
        else expect(fieldText(doc, field).trim()).toBe('')
      }),
      { numRuns: 300 },
    )
  })
})

describe('random edits', () => {
  type Edit = { kind: 'insert' | 'delete' | 'bold'; block: number; at: number; length: number; peer: number }
  const edit: fc.Arbitrary<Edit> = fc.record({
    kind: fc.constantFrom('insert', 'insert', 'delete', 'bold'),
    block: fc.nat(2),
    at: fc.nat(60),
    length: fc.integer({ min: 1, max: 8 }),
    peer: fc.nat(1),
  })

  // Each first letter is unlike every other and typed text is 'z', so a letter's identity can be read off the text.
  const alphabet = Array.from({ length: 36 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('')
  const blocks = [p(alphabet.slice(0, 12)), p(alphabet.slice(12, 24)), p(alphabet.slice(24))]

  function perform(doc: Y.Doc, { kind, block: index, at, length }: Edit): void {
    const text = textOf(doc, index)
    const start = at % (text.length + 1)
    if (kind === 'insert') text.insert(start, 'z'.repeat(length))
    else if (kind === 'delete') text.delete(start, Math.min(length, text.length - start))
    else text.format(start, Math.min(length, text.length - start), { bold: {} })
  }

  it('never leave an anchor on wrong words', () => {
    const ranges = fc.array(fc.tuple(fc.nat(35), fc.nat(35)), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 25 }), ranges, (script, pairs) => {
        const peers = [docOf(blocks)]
        peers.push(copyOf(peers[0] ?? new Y.Doc()))
        const doc = peers[0] ?? new Y.Doc()
        const held = pairs.map(([one, other]) => {
          const letters = alphabet.slice(Math.min(one, other), Math.max(one, other) + 1)
          const text = fieldText(doc, field)
          const from = text.indexOf(letters.charAt(0))
          const to = text.indexOf(letters.charAt(letters.length - 1)) + 1
          return { letters, anchor: createAnchor(doc, { field, from, to }) }
        })
        for (const step of script) perform(peers[step.peer] ?? doc, step)
        for (const peer of peers) for (const other of peers) Y.applyUpdate(peer, Y.encodeStateAsUpdate(other))
        for (const { letters, anchor } of held) {
          if (!anchor) throw new Error('no anchor')
          const places = [...peers, copyOf(doc)].map((peer) => resolveAnchor(peer, field, anchor))
          expect(places[1]).toEqual(places[0])
          expect(places[2]).toEqual(places[0])
          const kept = [...fieldText(doc, field)].filter((letter) => letters.includes(letter)).join('')
          const now = wordsAt(doc, places[0] ?? null)?.replace(/[z\s]/g, '') ?? ''
          expect(now).toBe(kept)
        }
      }),
      { numRuns: 200 },
    )
  })
})
