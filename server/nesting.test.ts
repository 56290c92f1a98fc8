import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent } from '@/lib/agenda/doc.ts'
import { deepest, Nesting } from './nesting.ts'

const structsOf = (update: Uint8Array) => Y.decodeUpdate(update).structs

/** A document with one element in another, and the updates that built it, one level each. */
function nested(levels: number) {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  let inside: Y.XmlFragment = doc.getXmlFragment('background')
  for (let at = 0; at < levels; at++) {
    const element = new Y.XmlElement('bulletList')
    inside.insert(0, [element])
    inside = element
  }
  return { doc, updates, whole: Y.encodeStateAsUpdate(doc) }
}

test.each([
  ['as deep as may be, at once', deepest, true],
  ['one deeper', deepest + 1, false],
  ['far too deep', 1000, false],
])('[R29] %s', (_name, levels, isTaken) => {
  expect(new Nesting([]).take(structsOf(nested(levels).whole))).toBe(isTaken)
})

test('[R29] depth that is built one level an update is refused at the same level', () => {
  const nesting = new Nesting([])
  const taken = nested(deepest + 1).updates.map((update) => nesting.take(structsOf(update)))
  expect(taken.indexOf(false)).toBe(deepest)
})

test('[R29] what stood there before counts, also after the document was read anew', () => {
  const { updates } = nested(deepest + 1)
  const last = updates.pop()
  const stored = Y.mergeUpdates(updates)
  expect(new Nesting(structsOf(stored)).take(structsOf(last ?? new Uint8Array()))).toBe(false)
})

test('[R29] what was refused is not remembered: the same again is refused again', () => {
  const nesting = new Nesting([])
  const whole = structsOf(nested(deepest + 1).whole)
  expect([nesting.take(whole), nesting.take(whole)]).toEqual([false, false])
})

test('[R29] a type that leans on what nobody has seen, or on itself in a ring, is refused', () => {
  const [, second] = nested(2).updates
  expect(new Nesting([]).take(structsOf(second ?? new Uint8Array()))).toBe(false)
  const one = new Y.Item(
    Y.createID(1, 0),
    null,
    null,
    null,
    null,
    Y.createID(2, 0) as never,
    null,
    new Y.ContentType(new Y.XmlElement('p')),
  )
  const two = new Y.Item(
    Y.createID(2, 0),
    null,
    null,
    null,
    null,
    Y.createID(1, 0) as never,
    null,
    new Y.ContentType(new Y.XmlElement('p')),
  )
  expect(new Nesting([]).take([one, two])).toBe(false)
})

test('[R29] paragraphs beside others, beside deleted ones and in what is gone are taken', () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, createState({ ...emptyContent, title: 'Æblerne på Ærø' }))
  const nesting = new Nesting(structsOf(Y.encodeStateAsUpdate(doc)))
  const answers: boolean[] = []
  doc.on('update', (update: Uint8Array) => answers.push(nesting.take(structsOf(update))))
  const field = doc.getXmlFragment('background')
  for (let at = 0; at < 50; at++) {
    const element = new Y.XmlElement('paragraph')
    element.insert(0, [new Y.XmlText(`${at}`)])
    field.insert(at % (field.length + 1), [element])
    if (at % 3 === 0) field.delete(0, 1)
  }
  // Somebody who was away writes beside and inside what was deleted and forgotten meanwhile.
  const away = new Y.Doc()
  Y.applyUpdate(away, Y.encodeStateAsUpdate(doc))
  const first = away.getXmlFragment('background').get(0)
  if (!(first instanceof Y.XmlElement)) throw new Error('Not an element')
  first.insert(1, [new Y.XmlElement('hardBreak')])
  away.getXmlFragment('background').insert(1, [new Y.XmlElement('paragraph')])
  const late = Y.encodeStateAsUpdate(away, Y.encodeStateVector(doc))
  field.delete(0, field.length)
  answers.push(new Nesting(structsOf(Y.encodeStateAsUpdate(doc))).take(structsOf(late)))
  expect(answers.length).toBeGreaterThan(60)
  expect(answers.filter((isTaken) => !isTaken)).toEqual([])
})
