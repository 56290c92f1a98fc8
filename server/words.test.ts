import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { condense } from '@/lib/agenda/merge.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { openUpdates } from './opening.ts'
import { chance } from './testing/chance.ts'
import { Words } from './words.ts'

function typed(letters: number): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < letters; at++) doc.getText('t').insert(at, `${at % 10}`)
  return { doc, updates }
}

const empty = new Uint8Array([0, 0])
const nothing = new Uint8Array([0])
const sizeOf = (parts: Uint8Array[]) => parts.reduce((sum, { length }) => sum + length, 0)
const open = (...updates: Uint8Array[]) => new Words(openUpdates(updates))
const partsOf = (update: Uint8Array) => Y.decodeUpdate(update)
const take = (words: Words, update: Uint8Array, largest?: number) =>
  words.take(update, partsOf(update), largest)

test('holds the same words however long the tail', () => {
  const { doc, updates } = typed(1500)
  const words = open(empty)
  for (const update of updates) take(words, update)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, words.state())
  expect(copy.getText('t').toString()).toBe(doc.getText('t').toString())
  expect(words.stateVector()).toEqual(Y.encodeStateVector(doc))
})

test('stays small: many single letters end as few bytes', () => {
  const { doc, updates } = typed(20_000)
  const words = open(empty)
  for (const update of updates) take(words, update)
  expect(words.state().length).toBeLessThan(Y.encodeStateAsUpdate(doc).length + 80 * 1024)
})

test('gives a newcomer all and a returning one the rest', () => {
  const { updates } = typed(50)
  const words = open(Y.mergeUpdates(updates.slice(0, 40)))
  const returning = new Y.Doc()
  Y.applyUpdate(returning, words.state())
  for (const update of updates.slice(40)) take(words, update)
  const [rest = empty, ...more] = words.missingFrom(Y.encodeStateVector(returning))
  expect(more).toEqual([])
  const all = words.missingFrom(nothing)
  expect(rest.length).toBeLessThan(sizeOf(all))
  Y.applyUpdate(returning, rest)
  expect(returning.getText('t').length).toBe(50)
  const newcomer = new Y.Doc()
  for (const part of all) Y.applyUpdate(newcomer, part)
  expect(newcomer.getText('t').length).toBe(50)
})

test('knows the deletions it has, split or joined, and no others', () => {
  const { doc, updates } = typed(30)
  const words = open(Y.mergeUpdates(updates))
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
  const words = open(Y.encodeStateAsUpdate(doc))
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
  const words = open(empty)
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
  const words = open(first ?? empty)
  const stored = openUpdates([Y.mergeUpdates([first ?? empty, behind ?? empty])])
  expect(words.learn(stored)).toHaveLength(1)
  take(words, gap ?? empty)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, words.state())
  expect(copy.getText('t').toString()).toBe(doc.getText('t').toString())
})

test('[R20] [R36] whoever comes, whenever, and whatever was compacted meanwhile, gets exactly what there is', () => {
  for (let seed = 1; seed <= 15; seed++) {
    const below = chance(seed)
    const truth = new Y.Doc()
    truth.getText('t').insert(0, 'Begyndelsen')
    const log = [Y.encodeStateAsUpdate(truth)]
    const words = open(...log)
    const writers = [1, 2, 3].map((client) => {
      const doc = new Y.Doc()
      doc.clientID = client
      return doc
    })
    const hear = (doc: Y.Doc) => {
      for (const part of words.missingFrom(Y.encodeStateVector(doc))) Y.applyUpdate(doc, part)
      expect(doc.getText('t').toString()).toBe(truth.getText('t').toString())
      expect(doc.store.pendingStructs).toBeNull()
    }
    for (let act = 0; act < 400; act++) {
      const doc = writers[below(3)] ?? truth
      if (below(4) === 0) hear(doc)
      if (below(20) === 0) hear(new Y.Doc())
      if (below(60) === 0) words.state()
      // What is stored may lag behind what was taken.
      if (below(20) === 0) {
        const lag = below(2) === 0 ? below(3) : below(log.length)
        words.settle(openUpdates([condense(log.slice(0, Math.max(1, log.length - lag)))]))
      }
      const before = Y.encodeStateVector(doc)
      const text = doc.getText('t')
      if (text.length > 0 && below(3) === 0) text.delete(below(text.length), 1)
      else text.insert(below(text.length + 1), String.fromCharCode(97 + below(26)))
      const update = Y.encodeStateAsUpdate(doc, before)
      const taken = take(words, update)
      if (taken) log.push(taken.data)
      Y.applyUpdate(truth, update)
    }
    for (const doc of [...writers, new Y.Doc()]) hear(doc)
    expect(words.stateVector()).toEqual(Y.encodeStateVector(truth))
    // All that is in the log is in the room, and the other way round.
    const [kept, held] = [log, [words.state()]].map((updates) => readText(updates))
    expect(held).toBe(kept)
  }
})

function readText(updates: Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('t').toString()
}

test('[R36] goes on from the compacted document only when nothing is lost by it and nobody was left out', () => {
  const { doc, updates } = typed(300)
  const words = open(Y.mergeUpdates(updates.slice(0, 10)))
  for (const update of updates.slice(10)) take(words, update)
  const before = words.size
  const settle = (...stored: Uint8Array[]) => {
    words.settle(openUpdates([condense(stored)]))
    return words.size
  }
  expect(settle(...updates.slice(0, 9))).toBe(before)
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  other.getText('t').delete(0, 3)
  expect(settle(Y.encodeStateAsUpdate(other))).toBe(before)
  other.getText('t').insert(0, 'ny')
  expect(settle(Y.encodeStateAsUpdate(other))).toBe(before)
  expect(settle(...updates.slice(0, 200))).toBeLessThan(before)
  expect(settle(...updates)).toBe(condense(updates).length)
})
