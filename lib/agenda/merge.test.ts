import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { condense, mergeUpdates } from './merge.ts'

function typed(letters: number): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < letters; at++) doc.getText('t').insert(0, 'x')
  doc.getText('t').delete(0, 1)
  return updates
}

function textOf(update: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getText('t').toString()
}

test.each([1, 10, 300])('%i letters and a deletion merge to the same words either way', (letters) => {
  const updates = typed(letters)
  expect(textOf(mergeUpdates(updates))).toBe('x'.repeat(letters - 1))
  expect(textOf(condense(updates))).toBe('x'.repeat(letters - 1))
})

test('merging the same update twice changes nothing', () => {
  const updates = typed(5)
  expect(textOf(mergeUpdates([...updates, ...updates]))).toBe('xxxx')
})

test('an edit whose forerunner is missing is kept until that comes', () => {
  const [first = new Uint8Array(), ...rest] = typed(100)
  expect(textOf(condense(rest))).toBe('')
  expect(textOf(mergeUpdates([condense(rest), first]))).toBe('x'.repeat(99))
})
