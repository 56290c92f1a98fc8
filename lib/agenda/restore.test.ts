import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, fieldFragment, type ItemContent, readState } from './doc.ts'
import type { Block } from './prose.ts'
import { restoreUpdate } from './restore.ts'
import { canonicalContent } from './rules.ts'
import { bold, fieldBlocks, words } from './testing/arbitrary.ts'

const frame = { visibility: 'open', publicTitle: null, annexes: [] } as const

function content(blocks: Block[], more: Partial<ItemContent> = {}): ItemContent {
  const presentation = blocks.length ? ({ type: 'doc', content: blocks } as const) : null
  return { ...emptyContent, title: 'Kultur', ...more, fields: { ...emptyContent.fields, presentation } }
}
function p(text: string, marks?: typeof bold): Block {
  return { type: 'paragraph', content: [{ type: 'text', text, ...(marks && { marks }) }] }
}
const canonical = (item: ItemContent) => canonicalContent(item, { ...frame, annexes: [] })

function open(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

/** The state once the words of `then` came back into the document of `now`. */
function restored(now: Uint8Array, then: ItemContent): Uint8Array {
  const update = restoreUpdate(now, then)
  return update ? Y.mergeUpdates([now, update]) : now
}

// As a document reads it: a field without words is none.
const exact = fc
  .tuple(words, fieldBlocks)
  .map(([title, blocks]) => readState(createState(content(blocks, { title }))))

describe('going back to earlier words', () => {
  test('says exactly what was said then, whatever is said now', () => {
    fc.assert(
      fc.property(exact, exact, (then, now) => {
        const state = restored(createState(now), then)
        expect(canonical(readState(state))).toBe(canonical(then))
        expect(restoreUpdate(state, then)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  test('brings back title, case number, caseworkers and kind', () => {
    const then = content([], {
      title: 'Før',
      caseNumber: 'A-1',
      caseworkers: ['jhp', 'chbo'],
      kind: 'decision',
    })
    const now = content([], { title: '', caseNumber: '', caseworkers: [], kind: null })
    expect(readState(restored(createState(now), then))).toEqual(then)
    expect(readState(restored(createState(then), now))).toEqual(now)
  })

  test('changes nothing but what differs: every other letter stays the same letter', () => {
    const then = content([p('Regionen bidrager med samme beløb.'), p('Kommunerne mødes i maj.')])
    const now = content([p('Regionen bidrager med et andet beløb.'), p('Kommunerne mødes i maj.')])
    const doc = open(createState(now))
    const paragraph = fieldFragment(doc, 'presentation').get(0) as Y.XmlElement
    const text = paragraph.get(0) as Y.XmlText
    const held = ['Regionen', 'beløb'].map((word) =>
      Y.createRelativePositionFromTypeIndex(text, text.toString().indexOf(word)),
    )
    const update = restoreUpdate(Y.encodeStateAsUpdate(doc), then) ?? new Uint8Array()
    Y.applyUpdate(doc, update)
    expect(text.toString()).toBe('Regionen bidrager med samme beløb.')
    const places = held.map((position) => Y.createAbsolutePositionFromRelativePosition(position, doc)?.index)
    expect(places).toEqual([0, 'Regionen bidrager med samme '.length])
    expect(update.length).toBeLessThan(80)
  })

  test('keeps what another types meanwhile, in the same paragraph and in one that goes', () => {
    const then = content([p('Første afsnit er kort.')])
    const state = createState(
      content([p('Første afsnit er meget kort.'), p('Et nyt afsnit om noget andet.')]),
    )
    const other = open(state)
    const before = Y.encodeStateVector(other)
    const fragment = fieldFragment(other, 'presentation')
    ;((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'NB: ')
    const typed = Y.encodeStateAsUpdate(other, before)
    const update = restoreUpdate(state, then) ?? new Uint8Array()
    const one = readState(Y.mergeUpdates([state, update, typed]))
    expect(one).toEqual(readState(Y.mergeUpdates([state, typed, update])))
    expect(one).toEqual(content([p('NB: Første afsnit er kort.')]))
  })

  test('brings back looks without touching the letters', () => {
    const then = content([p('status', bold)])
    const state = createState(content([p('status')]))
    const update = restoreUpdate(state, then) ?? new Uint8Array()
    expect(readState(Y.mergeUpdates([state, update]))).toEqual(then)
    expect(Y.decodeUpdate(update).ds.clients.size).toBe(0)
  })

  test('is ready at once for a long item', () => {
    const long = Array.from({ length: 400 }, (_, at) =>
      p(`Afsnit ${at} om strategi og samarbejde i regionen.`),
    )
    const state = createState(content(long.with(200, p('Noget andet om ganske andre sager i landet.'))))
    const started = performance.now()
    expect(readState(restored(state, content(long)))).toEqual(content(long))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
