import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import type { DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, fieldFragment } from '@/lib/agenda/doc.ts'
import { type Block, type Prose, proseText } from '@/lib/agenda/prose.ts'
import { proseExtensions } from '@/lib/agenda/prose-extensions.ts'
import { createAnchor, fieldText } from '@/lib/comments/anchor.ts'
import type { ThreadView } from '@/lib/comments/schema.ts'
import { highlightPlugin } from './highlights.ts'
import { placeOf, rangeOf } from './positions.ts'

const field = 'background'
const schema = getSchema(proseExtensions)
const p = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const prose: Prose = {
  type: 'doc',
  content: [
    p('Rådet drøfter en strategi.'),
    { type: 'paragraph' },
    {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [p('en ting')] },
        { type: 'listItem', content: [p('to ting')] },
      ],
    },
    {
      type: 'paragraph',
      content: [{ type: 'text', text: 'a' }, { type: 'hardBreak' }, { type: 'text', text: 'b' }],
    },
    {
      type: 'table',
      content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [p('celle')] }] }],
    },
  ],
}

function open() {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, createState({ ...emptyContent, fields: { ...emptyContent.fields, [field]: prose } }))
  return ydoc
}
const nodeOf = (ydoc: Y.Doc): Node => yXmlFragmentToProseMirrorRootNode(fieldFragment(ydoc, field), schema)
const words = (doc: Node, range: { from: number; to: number } | null) =>
  range && doc.textBetween(range.from, range.to, '\n', '\n')

describe('positions', () => {
  const doc = nodeOf(open())
  const text = proseText(prose)

  it('name the same words as the offsets, there and back', () => {
    for (let from = 0; from < text.length; from++) {
      for (let to = from + 1; to <= text.length; to++) {
        const quote = text.slice(from, to)
        const range = rangeOf(doc, { from, to })
        if (!range) throw new Error(`no range for ${quote}`)
        const place = placeOf(doc, range)
        expect(place?.quote ?? '').toBe(quote.trim())
        if (place) expect(text.slice(place.from, place.to)).toBe(place.quote)
      }
    }
    expect(words(doc, rangeOf(doc, { from: 14, to: 25 }))).toBe('en strategi')
    expect(rangeOf(doc, { from: 0, to: text.length + 1 })).toBeNull()
  })

  it('take the whole text when everything is selected', () => {
    expect(placeOf(doc, { from: 0, to: doc.content.size })).toEqual({ from: 0, to: text.length, quote: text })
  })
})

describe('highlights', () => {
  function thread(ydoc: Y.Doc, quote: string, more: Partial<ThreadView> = {}): ThreadView {
    const from = fieldText(ydoc, field).indexOf(quote)
    const anchor = createAnchor(ydoc, { field, from, to: from + quote.length })
    if (!anchor) throw new Error('no anchor')
    const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
    return {
      id: quote,
      itemId: 'item',
      kind: 'comment',
      scope: 'body',
      group: null,
      shared: false,
      field,
      anchor: { start: base64(anchor.start), end: base64(anchor.end) },
      place: null,
      detached: false,
      quote,
      context: { before: '', after: '' },
      resolvedAt: null,
      resolvedBy: null,
      answer: null,
      assignee: null,
      handledAt: null,
      unread: 0,
      comments: [],
      may: { reply: true, resolve: true, narrow: [], triage: false, share: false },
      ...more,
    }
  }
  function editor() {
    const ydoc = open()
    const plugin = highlightPlugin({ field, doc: ydoc })
    const state = EditorState.create({ doc: nodeOf(ydoc), plugins: [plugin] })
    const show = (given: EditorState, threads: ThreadView[], activeId: string | null = null) =>
      given.apply(given.tr.setMeta(plugin, { threads, activeId }))
    const painted = (given: EditorState) => {
      const set: DecorationSet | undefined = plugin.getState(given)?.decorations
      return set?.find().map(({ from, to }) => words(given.doc, { from, to }))
    }
    return { ydoc, state, show, painted }
  }

  it('paint the words of open threads of this field, and resolved ones only while active', () => {
    const { ydoc, state, show, painted } = editor()
    const threads = [
      thread(ydoc, 'en strategi'),
      thread(ydoc, 'to ting', { resolvedAt: '2019-09-01T10:00:00Z' }),
      thread(ydoc, 'celle', { field: 'decision' }),
      thread(ydoc, 'a', { anchor: null }),
    ]
    expect(painted(show(state, threads))).toEqual(['en strategi'])
    expect(painted(show(state, threads, 'to ting'))).toEqual(['en strategi', 'to ting'])
  })

  it('move along with own typing while the document is behind', () => {
    const { ydoc, state, show, painted } = editor()
    const shown = show(state, [thread(ydoc, 'en strategi')])
    expect(painted(shown.apply(shown.tr.insertText('Hele ', 1)))).toEqual(['en strategi'])
    expect(painted(shown.apply(shown.tr.insertText('ny ', 18)))).toEqual(['en ny strategi'])
    expect(painted(shown.apply(shown.tr.delete(1, 27)))).toEqual([])
  })

  it('are found anew when the document brings a colleague’s edit', () => {
    const { ydoc, state, show, painted } = editor()
    const shown = show(state, [thread(ydoc, 'en strategi')])
    const paragraph = fieldFragment(ydoc, field).get(0)
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
    if (!(text instanceof Y.XmlText)) throw new Error('no text')
    text.insert(0, 'Hele ')
    // The binding replaces the content it brings, which mapping alone would not survive.
    const tr = shown.tr.replaceWith(0, shown.doc.content.size, nodeOf(ydoc).content)
    expect(painted(shown.apply(tr.setMeta(ySyncPluginKey, { isChangeOrigin: true })))).toEqual([
      'en strategi',
    ])
  })
})
