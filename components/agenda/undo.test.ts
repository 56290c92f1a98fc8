import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, fieldFragment, metaMap, read } from '@/lib/agenda/doc.ts'
import { ItemUndo, localOrigin } from './undo.ts'

function open() {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, createState({ ...emptyContent, title: 'Sag' }))
  return { doc, undo: new ItemUndo(doc) }
}

function type(doc: Y.Doc, text: string, origin: unknown) {
  doc.transact(() => {
    const paragraph = fieldFragment(doc, 'background').get(0)
    if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText(text)])
  }, origin)
}

const background = (doc: Y.Doc) => JSON.stringify(read(doc).fields.background)

describe('ItemUndo', () => {
  it("takes back one's own words and choices, and never another's", () => {
    const { doc, undo } = open()
    type(doc, 'mine', ySyncPluginKey)
    type(doc, 'theirs', 'the network')
    undo.stopCapturing()
    doc.transact(() => metaMap(doc).set('kind', 'decision'), localOrigin)
    undo.undo()
    expect(read(doc).kind).toBeNull()
    undo.undo()
    expect(background(doc)).toContain('theirs')
    expect(background(doc)).not.toContain('mine')
    undo.undo()
    expect(background(doc)).toContain('theirs')
    undo.redo()
    expect(background(doc)).toContain('mine')
  })

  it('survives an editor that goes away, and ends with the item', () => {
    const { doc, undo } = open()
    undo.destroy()
    type(doc, 'mine', ySyncPluginKey)
    expect(undo.undoStack).toHaveLength(1)
    undo.end()
    type(doc, 'more', ySyncPluginKey)
    expect(undo.undoStack).toHaveLength(1)
  })
})
