import { getSchema } from '@tiptap/core'
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  createState,
  emptyContent,
  fieldFragment,
  fieldNames,
  type ItemContent,
  read,
  readCaseworkers,
  readState,
  titleFragment,
} from './doc.ts'
import type { Block, Prose } from './prose.ts'
import { proseExtensions, titleExtensions } from './prose-extensions.ts'

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const prose = (...content: Block[]): Prose => ({ type: 'doc', content })

const rich: Prose = prose(
  { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Økonomi' }] },
  {
    type: 'paragraph',
    content: [
      { type: 'text', text: 'Beløbet er ' },
      { type: 'text', text: '1,2 mio.', marks: [{ type: 'bold' }] },
      { type: 'hardBreak' },
      { type: 'text', text: 'Se ' },
      { type: 'text', text: 'her', marks: [{ type: 'link', attrs: { href: 'https://example.dk/' } }] },
    ],
  },
  {
    type: 'bulletList',
    content: [
      {
        type: 'listItem',
        content: [
          paragraph('ét'),
          { type: 'orderedList', content: [{ type: 'listItem', content: [paragraph('indrykket')] }] },
        ],
      },
      { type: 'listItem', content: [paragraph('to')] },
    ],
  },
  {
    type: 'table',
    content: [
      {
        type: 'tableRow',
        content: [
          { type: 'tableHeader', content: [paragraph('År')] },
          { type: 'tableHeader', content: [paragraph('Kr.')] },
        ],
      },
      {
        type: 'tableRow',
        content: [
          { type: 'tableCell', content: [paragraph('2026')] },
          { type: 'tableCell', content: [paragraph('7')] },
        ],
      },
    ],
  },
)

const content: ItemContent = {
  title: 'Strategi for kultur',
  caseNumber: 'SAG-2026-01184',
  caseworkers: ['jhp', 'chbo'],
  kind: 'decision',
  fields: {
    background: rich,
    recommendation: prose(paragraph('Det indstilles.')),
    presentation: null,
    decision: null,
  },
}

function open(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

describe('an item document', () => {
  it('gives back exactly the content it was made from', () => {
    expect(readState(createState(content))).toEqual(content)
    expect(readState(createState(emptyContent))).toEqual(emptyContent)
  })

  it('is valid for the editor in every field and in the title', () => {
    const doc = open(createState(content))
    for (const field of fieldNames) {
      yXmlFragmentToProseMirrorRootNode(fieldFragment(doc, field), getSchema(proseExtensions)).check()
    }
    const title = yXmlFragmentToProseMirrorRootNode(titleFragment(doc), getSchema(titleExtensions))
    title.check()
    expect(title.textContent).toBe(content.title)
  })

  it('shows the editor the same text as it reads itself', () => {
    const doc = open(createState(content))
    const node = yXmlFragmentToProseMirrorRootNode(
      fieldFragment(doc, 'background'),
      getSchema(proseExtensions),
    )
    expect(node.textBetween(0, node.content.size, '\n', '\n')).toBe(
      'Økonomi\nBeløbet er 1,2 mio.\nSe her\nét\nindrykket\nto\nÅr\nKr.\n2026\n7',
    )
  })

  it('keeps the words of nodes it does not know', () => {
    const doc = new Y.Doc()
    const odd = new Y.XmlElement('callout')
    odd.insert(0, [new Y.XmlText('husk dette')])
    fieldFragment(doc, 'background').insert(0, [odd])
    expect(read(doc).fields.background).toEqual(prose(paragraph('husk dette')))
  })

  it('reads a title written by two people at once as one line', () => {
    const doc = open(createState({ ...emptyContent, title: 'Første' }))
    const second = new Y.XmlElement('paragraph')
    second.insert(0, [new Y.XmlText('linje')])
    titleFragment(doc).insert(1, [second])
    expect(read(doc).title).toBe('Første linje')
  })

  it.each([
    ['jhp/chbo', ['jhp', 'chbo']],
    ['jhp, chbo', ['jhp', 'chbo']],
    [' jhp ', ['jhp']],
    ['', []],
  ])('reads caseworkers %j', (line, initials) => {
    expect(readCaseworkers(line)).toEqual(initials)
  })
})
