import type { ItemContent } from '@/lib/agenda/doc.ts'
import { proseText } from '@/lib/agenda/prose.ts'
import { writtenFields } from '@/lib/agenda/rules.ts'
import type { TextSelection } from '@/lib/comments/schema.ts'
import { onlyPlace } from './only-place.ts'

const texts = 'p, h3'
const notOfTheText = 'del, .sr-only, [data-aside]'

/**
 * The words somebody selected in a shown difference, as they stand in the present text: what is gone is not counted.
 * Null when they are of two fields, or stand in the field more than once.
 */
export function pointInDifference(selection: Selection | null, content: ItemContent): TextSelection | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const root = range.commonAncestorContainer
  const top = root instanceof Element ? root : root.parentElement
  const section = top?.closest<HTMLElement>('[data-compared]')
  const field = writtenFields.find((name) => name === section?.dataset.compared)
  if (!section || !field) return null
  const blocks = [...section.querySelectorAll(texts)].filter((block) => range.intersectsNode(block))
  const quote = blocks
    .map((block) => wordsIn(block, range))
    .join('\n')
    .trim()
  const place = onlyPlace(proseText(content.fields[field]), quote)
  return place && { field, quote, ...place }
}

/** The selected words of a block that are in the present text. */
function wordsIn(block: Element, selected: Range): string {
  const part = document.createRange()
  part.selectNodeContents(block)
  if (block.contains(selected.startContainer)) part.setStart(selected.startContainer, selected.startOffset)
  if (block.contains(selected.endContainer)) part.setEnd(selected.endContainer, selected.endOffset)
  // Within a single run of gone words the copy holds no element that says so.
  if (part.commonAncestorContainer.parentElement?.closest(notOfTheText)) return ''
  const copy = part.cloneContents()
  for (const aside of copy.querySelectorAll(notOfTheText)) aside.remove()
  for (const line of copy.querySelectorAll('br')) line.replaceWith('\n')
  return copy.textContent ?? ''
}
