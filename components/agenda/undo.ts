import { ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { undoScope } from '@/lib/agenda/doc.ts'

/** The origin of changes to the chosen values (case number, kind), so that undo knows them as one's own. */
export const localOrigin = Symbol('local change')

/**
 * One history over all fields of an item, of one's own changes only. Each editor destroys the manager it was given
 * when it goes away; this one outlives them and ends with the item, by `end`.
 */
export class ItemUndo extends Y.UndoManager {
  constructor(doc: Y.Doc) {
    super(undoScope(doc), {
      trackedOrigins: new Set<unknown>([ySyncPluginKey, localOrigin]),
      captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false,
    })
    this.destroy = () => {}
  }

  end(): void {
    super.destroy()
  }
}
