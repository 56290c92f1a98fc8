import { type Editor, Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Doc } from 'yjs'
import type { FieldName } from '@/lib/agenda/doc.ts'
import { locate } from '@/lib/comments/anchor.ts'
import { longestQuote } from '@/lib/comments/quote.ts'
import type { TextSelection, ThreadView } from '@/lib/comments/schema.ts'
import { placeOf, rangeOf } from './positions.ts'

type Shown = { threads: ThreadView[]; activeId: string | null }
type HighlightState = Shown & { decorations: DecorationSet }

type Setting = {
  field: FieldName
  doc: Doc
  /** A person pressed words that a thread is on. */
  onSelect?: (threadId: string) => void
  /** A person asked by keyboard (Ctrl+Alt+M) to comment on the words they selected. */
  onComment?: (selection: TextSelection) => void
}

const key = new PluginKey<HighlightState>('commentHighlights')

/** Paints the words of threads in one field's editor; `setThreads` says which threads there are. */
export function commentHighlights(setting: Setting): Extension {
  return Extension.create({
    name: 'commentHighlights',
    addProseMirrorPlugins: () => [highlightPlugin(setting)],
    addKeyboardShortcuts() {
      return {
        'Mod-Alt-m': () => {
          const selection = selectionOf(this.editor, setting.field)
          if (selection) setting.onComment?.(selection)
          return selection !== null
        },
      }
    },
  })
}

/** Tells an editor which threads to paint; resolved ones show only while they are the active one. */
export function setThreads(editor: Editor, threads: ThreadView[], activeId: string | null = null): void {
  const shown: Shown = { threads, activeId }
  editor.view.dispatch(editor.state.tr.setMeta(key, shown).setMeta('addToHistory', false))
}

/** The words a person selected in a field's editor, or null. */
export function selectionOf(editor: Editor, field: FieldName): TextSelection | null {
  const { doc, selection } = editor.state
  const place = selection.empty ? null : placeOf(doc, selection)
  if (!place) return null
  const quote = place.quote.slice(0, longestQuote)
  return { field, from: place.from, to: place.from + quote.length, quote }
}

/** Brings the words of a thread into view; answers false when they are not painted here. */
export function scrollToThread(editor: Editor, threadId: string): boolean {
  const words = [...editor.view.dom.querySelectorAll<HTMLElement>('[data-threads]')].find(
    (element) => element.dataset.threads === threadId,
  )
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  words?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
  return words !== undefined
}

/** The plugin behind `commentHighlights`. */
export function highlightPlugin(setting: Setting): Plugin<HighlightState> {
  return new Plugin<HighlightState>({
    key,
    state: {
      init: () => ({ threads: [], activeId: null, decorations: DecorationSet.empty }),
      apply: (tr, state) => next(tr, state, setting),
    },
    props: {
      decorations: (state: EditorState) => key.getState(state)?.decorations,
      handleClick: (_view, _position, event) => {
        const words =
          event.target instanceof Element ? event.target.closest<HTMLElement>('[data-threads]') : null
        if (words?.dataset.threads) setting.onSelect?.(words.dataset.threads)
        return false
      },
    },
  })
}

function next(tr: Transaction, state: HighlightState, setting: Setting): HighlightState {
  const shown: Shown | undefined = tr.getMeta(key)
  const fromDocument: { isChangeOrigin?: boolean } | undefined = tr.getMeta(ySyncPluginKey)
  if (shown || fromDocument?.isChangeOrigin) {
    const { threads, activeId } = shown ?? state
    return { threads, activeId, decorations: paint(tr.doc, { threads, activeId }, setting) }
  }
  if (!tr.docChanged) return state
  // On one's own keystroke the Yjs document is still behind the editor, so the paint moves along instead.
  return { ...state, decorations: state.decorations.map(tr.mapping, tr.doc) }
}

function paint(doc: Node, { threads, activeId }: Shown, setting: Setting): DecorationSet {
  const decorations = threads.flatMap((thread) => {
    if (thread.field !== setting.field || (thread.resolvedAt && thread.id !== activeId)) return []
    const anchor = thread.anchor && { start: bytes(thread.anchor.start), end: bytes(thread.anchor.end) }
    const place = anchor && locate(setting.doc, { ...thread, field: setting.field, anchor })
    const range = place && rangeOf(doc, place)
    if (!range) return []
    const attributes = {
      class: 'comment-highlight',
      role: 'mark',
      'data-threads': thread.id,
      ...(thread.id === activeId && { 'data-active': 'true' }),
      ...(thread.resolvedAt && { 'data-resolved': 'true' }),
    }
    return [Decoration.inline(range.from, range.to, attributes)]
  })
  return DecorationSet.create(doc, decorations)
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}
