/*
 * Selecting words of the page with the keyboard alone. A page that is not edited has no caret, so M puts a selection
 * on the first words of the item, and the arrows take it from there: word by word and line by line, with Shift to
 * widen it. The browser itself moves the selection, so it behaves as in any text.
 */

/** Puts the selection on the first word of an item's text and answers whether there was one. */
export function selectFirstWord(item: Element | null): boolean {
  const block = item?.querySelector('[data-field] [data-offset]')
  const selection = document.getSelection()
  if (!block || !selection) return false
  selection.collapse(block, 0)
  selection.modify('extend', 'forward', 'word')
  block.scrollIntoView({ block: 'nearest' })
  return !selection.isCollapsed
}

const moves = {
  ArrowLeft: ['backward', 'word'],
  ArrowRight: ['forward', 'word'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
} as const

/** Moves the selection by an arrow key: widens it with Shift, else goes on to the next word; false for other keys. */
export function moveSelection(key: string, widen: boolean): boolean {
  const move = Object.entries(moves).find(([name]) => name === key)?.[1]
  const selection = document.getSelection()
  if (!move || !selection) return false
  const [direction, unit] = move
  if (widen) {
    selection.modify('extend', direction, unit)
    return true
  }
  if (direction === 'forward') selection.collapseToEnd()
  else selection.collapseToStart()
  if (unit === 'line' || direction === 'backward') selection.modify('move', direction, unit)
  selection.modify('extend', 'forward', 'word')
  return true
}
