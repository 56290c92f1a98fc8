import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { clientsOf, clientWords } from './authors.ts'
import { createState, emptyContent, fieldFragment, readState } from './doc.ts'
import { type Block, proseText } from './prose.ts'
import { fieldBlocks } from './testing/arbitrary.ts'

const item = (content: Block[]) => ({
  ...emptyContent,
  fields: { ...emptyContent.fields, presentation: { type: 'doc' as const, content } },
})

function person(state: Uint8Array, clientID: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = clientID
  Y.applyUpdate(doc, state)
  return doc
}

function textOf(doc: Y.Doc): Y.XmlText {
  return (fieldFragment(doc, 'presentation').get(0) as Y.XmlElement).get(0) as Y.XmlText
}

test('two who write at once in one paragraph are told apart, letter by letter', () => {
  const first = createState(item([{ type: 'paragraph', content: [{ type: 'text', text: 'Rådet drøfter' }] }]))
  const [origin] = clientsOf([first])[0] ?? []
  const [one, other] = [person(first, 1), person(first, 2)]
  textOf(one).insert(5, ' igen')
  textOf(other).insert(13, ' sagen')
  textOf(other).format(0, 5, { bold: true })
  const updates = [one, other].map((doc) => Y.encodeStateAsUpdate(doc, Y.encodeStateVector(person(first, 9))))
  expect(clientsOf(updates)).toEqual([[1], [2]])
  const merged = Y.mergeUpdates([first, ...updates])
  expect(proseText(readState(merged).fields.presentation)).toBe('Rådet igen drøfter sagen')
  expect(clientWords(merged).presentation).toEqual([
    { from: 0, to: 5, client: origin },
    { from: 5, to: 10, client: 1 },
    { from: 10, to: 18, client: origin },
    { from: 18, to: 24, client: 2 },
  ])
})

test('what was taken out is nobody’s', () => {
  const doc = person(
    createState(item([{ type: 'paragraph', content: [{ type: 'text', text: 'Rådet' }] }])),
    1,
  )
  textOf(doc).delete(0, 5)
  textOf(doc).insert(0, 'Æ')
  expect(clientWords(Y.encodeStateAsUpdate(doc)).presentation).toEqual([{ from: 0, to: 1, client: 1 }])
})

test('every letter of any text has one author, in the offsets of its words', () => {
  fc.assert(
    fc.property(fieldBlocks, (content) => {
      const state = createState(item(content))
      const prose = readState(state).fields.presentation
      // Blank lines alone are no text.
      fc.pre(prose !== null)
      const text = proseText(prose)
      const written = clientWords(state).presentation
      let left = text
      for (const { from, to } of written) {
        expect(from).toBeLessThan(to)
        left = left.slice(0, from) + ' '.repeat(to - from) + left.slice(to)
      }
      // Line ends between blocks, and breaks, are nobody's words.
      expect(left.trim().replaceAll('\n', '')).toBe('')
      expect(left).toHaveLength(text.length)
    }),
  )
})
