import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { Words } from './words.ts'

function typed(letters: number): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < letters; at++) doc.getText('t').insert(at, `${at % 10}`)
  return { doc, updates }
}

const empty = new Uint8Array([0, 0])
const partsOf = (update: Uint8Array) => Y.decodeUpdate(update)
const take = (words: Words, update: Uint8Array, largest?: number) =>
  words.take(update, partsOf(update), largest)

test('holds the same words however long the tail', () => {
  const { doc, updates } = typed(1500)
  const words = new Words(empty)
  for (const update of updates) take(words, update)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, words.state())
  expect(copy.getText('t').toString()).toBe(doc.getText('t').toString())
  expect(words.stateVector()).toEqual(Y.encodeStateVector(doc))
})

test('stays small: many single letters end as few bytes', () => {
  const { doc, updates } = typed(20_000)
  const words = new Words(empty)
  for (const update of updates) take(words, update)
  expect(words.state().length).toBeLessThan(Y.encodeStateAsUpdate(doc).length + 80 * 1024)
})

test('gives a newcomer all and a returning one the rest', () => {
  const { updates } = typed(50)
  const words = new Words(Y.mergeUpdates(updates.slice(0, 40)))
  const returning = new Y.Doc()
  Y.applyUpdate(returning, words.state())
  for (const update of updates.slice(40)) take(words, update)
  const rest = words.missingFrom(Y.encodeStateVector(returning))
  expect(rest.length).toBeLessThan(words.missingFrom(new Uint8Array([0])).length)
  Y.applyUpdate(returning, rest)
  expect(returning.getText('t').length).toBe(50)
})

test('knows the deletions it has, split or joined, and no others', () => {
  const { doc, updates } = typed(30)
  const words = new Words(Y.mergeUpdates(updates))
  const deletion = (from: number, length: number) => {
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    const before = Y.encodeStateVector(other)
    other.getText('t').delete(from, length)
    return Y.encodeStateAsUpdate(other, before)
  }
  take(words, deletion(0, 5))
  take(words, deletion(5, 5))
  expect(words.hasAll(partsOf(deletion(0, 10)))).toBe(true)
  expect(words.hasAll(partsOf(deletion(2, 6)))).toBe(true)
  expect(words.hasAll(partsOf(deletion(5, 6)))).toBe(false)
  expect(words.hasAll(partsOf(empty))).toBe(true)
  expect(words.hasAll(partsOf(updates[0] ?? empty))).toBe(false)
})

test('[R28] a full document takes no more words, but takes deletions, and words again when they made room', () => {
  const { doc } = typed(2000)
  const words = new Words(Y.encodeStateAsUpdate(doc))
  const largest = words.size + 10
  const next = (change: () => void) => {
    const before = Y.encodeStateVector(doc)
    change()
    return Y.encodeStateAsUpdate(doc, before)
  }
  const letters = next(() => doc.getText('t').insert(0, 'x'.repeat(1000)))
  const held = words.state()
  expect(() => take(words, letters, largest)).toThrow(
    expect.objectContaining({ code: closeCodes.documentFull }),
  )
  expect(words.state()).toEqual(held)
  take(
    words,
    next(() => doc.getText('t').delete(1000, 1500)),
    largest,
  )
  take(words, letters, largest)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, words.state())
  expect(copy.getText('t').toString()).toBe(doc.getText('t').toString())
})

test('[R29] a document that would be too deep takes nothing of the update', () => {
  const doc = new Y.Doc()
  let inside: Y.XmlFragment = doc.getXmlFragment('background')
  for (let at = 0; at < 100; at++) {
    const element = new Y.XmlElement('bulletList')
    inside.insert(0, [element])
    inside = element
  }
  const words = new Words(empty)
  expect(() => take(words, Y.encodeStateAsUpdate(doc))).toThrow(
    expect.objectContaining({ code: closeCodes.invalidPayload }),
  )
  expect(words.state()).toEqual(empty)
})

test('[R67] what is stored behind a gap is passed on, and what fills the gap later is taken', () => {
  const { doc, updates } = typed(30)
  const [first, gap, behind] = [updates.slice(0, 10), updates.slice(10, 20), updates.slice(20)].map((some) =>
    Y.mergeUpdates(some),
  )
  const words = new Words(first ?? empty)
  expect(words.learn(Y.mergeUpdates([first ?? empty, behind ?? empty]))).not.toBeNull()
  take(words, gap ?? empty)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, words.state())
  expect(copy.getText('t').toString()).toBe(doc.getText('t').toString())
})
