import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Words } from './words.ts'

function typed(letters: number): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < letters; at++) doc.getText('t').insert(at, `${at % 10}`)
  return { doc, updates }
}

const empty = new Uint8Array([0, 0])

test('holds the same words however long the tail', () => {
  const { doc, updates } = typed(1500)
  const words = new Words(empty)
  for (const update of updates) words.add(update)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, words.state())
  expect(copy.getText('t').toString()).toBe(doc.getText('t').toString())
  expect(words.stateVector()).toEqual(Y.encodeStateVector(doc))
})

test('stays small: many single letters end as few bytes', () => {
  const { doc, updates } = typed(20_000)
  const words = new Words(empty)
  for (const update of updates) words.add(update)
  expect(words.state().length).toBeLessThan(Y.encodeStateAsUpdate(doc).length + 80 * 1024)
})

test('gives a newcomer all and a returning one the rest', () => {
  const { updates } = typed(50)
  const words = new Words(Y.mergeUpdates(updates.slice(0, 40)))
  const returning = new Y.Doc()
  Y.applyUpdate(returning, words.state())
  for (const update of updates.slice(40)) words.add(update)
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
  words.add(deletion(0, 5))
  words.add(deletion(5, 5))
  expect(words.hasAll(deletion(0, 10))).toBe(true)
  expect(words.hasAll(deletion(2, 6))).toBe(true)
  expect(words.hasAll(deletion(5, 6))).toBe(false)
  expect(words.hasAll(empty)).toBe(true)
  expect(words.hasAll(updates[0] ?? empty)).toBe(false)
})
