import { Extension } from '@tiptap/core'
import { yCursorPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'

type Caret = { id?: string; initials?: string; name?: string; colour?: string }

const hex = /^#[0-9a-f]{6}$/i

/** The others' carets and selections, coloured and named by what the server says of them. */
export const Carets = Extension.create<{ awareness: Awareness | null }>({
  name: 'carets',
  addOptions() {
    return { awareness: null }
  },
  addProseMirrorPlugins() {
    const { awareness } = this.options
    if (!awareness) return []
    return [yCursorPlugin(awareness, { cursorBuilder: drawCaret, selectionBuilder: paintSelection })]
  },
  onCreate() {
    const { awareness } = this.options
    if (!awareness) return
    const show = ({ updated }: { updated: number[] }) => showTags(this.editor.view.dom, awareness, updated)
    awareness.on('change', show)
    this.editor.on('destroy', () => awareness.off('change', show))
  },
})

function colourOf(user: Caret): string {
  return user.colour && hex.test(user.colour) ? user.colour : '#5b6066'
}

function drawCaret(user: Caret): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'caret'
  caret.dataset.user = user.id ?? ''
  caret.style.setProperty('--caret', colourOf(user))
  const tag = document.createElement('span')
  tag.className = 'caret-tag'
  tag.textContent = user.initials || user.name || ''
  // Word joiners keep the caret from breaking a line or a word in two.
  caret.append('\u2060', tag, '\u2060')
  return caret
}

function paintSelection(user: Caret) {
  return { class: 'caret-selection', style: `--caret: ${colourOf(user)}` }
}

/** Plays the name tag again when its caret moved; the caret's element is reused within a paragraph. */
function showTags(dom: HTMLElement, awareness: Awareness, clients: number[]): void {
  for (const client of clients) {
    const user: Caret | undefined = awareness.getStates().get(client)?.user
    if (!user?.id) continue
    const tags = dom.querySelectorAll(`.caret[data-user="${CSS.escape(user.id)}"] .caret-tag`)
    for (const tag of tags) {
      for (const animation of tag.getAnimations()) {
        animation.cancel()
        animation.play()
      }
    }
  }
}
