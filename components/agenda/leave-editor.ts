import type { EditorView } from '@tiptap/pm/view'

/**
 * Lets the keyboard out of an editor: Esc, then Tab moves on even where Tab has a meaning in the text, as in lists
 * and tables. Returning true leaves the key to the browser.
 */
export function leaveOnEscape(onEscape: () => void) {
  let leaving = false
  return {
    keydown(_view: EditorView, event: KeyboardEvent): boolean {
      if (event.key === 'Escape') {
        leaving = true
        onEscape()
        return false
      }
      if (event.key === 'Tab') return leaving
      if (event.key !== 'Shift') leaving = false
      return false
    },
    blur(): boolean {
      leaving = false
      return false
    },
  }
}
