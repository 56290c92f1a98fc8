import type { Draft } from '@/components/comments/composer.tsx'
import type { FieldName } from '@/lib/agenda/doc.ts'
import { longestQuote } from '@/lib/comments/quote.ts'

const fields: readonly string[] = [
  'background',
  'recommendation',
  'presentation',
  'decision',
] satisfies FieldName[]

/** The words a person selected on the page as a draft of a thread; null when no words of one item are selected. */
export function draftOf(selection: Selection | null): Draft | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const blocks = blocksWithin(range)
  const field = blocks[0]?.closest<HTMLElement>('[data-field]')
  const itemId = field?.closest<HTMLElement>('[data-item]')?.dataset.item
  const name = field?.dataset.field
  // A selection may run on into the next field; the words of the first one are meant.
  const own = blocks.filter((block) => field?.contains(block))
  const [first, last] = [own[0], own.at(-1)]
  if (!first || !last || !itemId || !isField(name)) return null
  const from = offsetOf(first) + lengthBefore(first, range.startContainer, range.startOffset)
  const to = offsetOf(last) + lengthBefore(last, range.endContainer, range.endOffset)
  const text = own.map(textOf).join('\n')
  const words = text.slice(from - offsetOf(first), to - offsetOf(first))
  const quote = words.trim().slice(0, longestQuote)
  if (!quote) return null
  const start = from + words.length - words.trimStart().length
  return { itemId, selection: { field: name, from: start, to: start + quote.length, quote } }
}

function isField(name: string | undefined): name is FieldName {
  return name !== undefined && fields.includes(name)
}

function blocksWithin(range: Range): HTMLElement[] {
  const root = range.commonAncestorContainer
  const top = root instanceof Element ? root : root.parentElement
  const own = top?.closest<HTMLElement>('[data-offset]')
  if (own) return [own]
  const blocks = [...(top?.querySelectorAll<HTMLElement>('[data-field] [data-offset]') ?? [])]
  return blocks.filter((block) => range.intersectsNode(block))
}

function offsetOf(block: HTMLElement): number {
  return Number(block.dataset.offset)
}

/** Letters of the block before a point of the page; none when the point lies before it, all when behind. */
function lengthBefore(block: HTMLElement, node: Node, offset: number): number {
  const whole = document.createRange()
  whole.selectNodeContents(block)
  const side = whole.comparePoint(node, offset)
  if (side < 0) return 0
  if (side === 0) whole.setEnd(node, offset)
  return textOf(whole.cloneContents()).length
}

function textOf(root: Node): string {
  if (root instanceof Text) return root.data
  if (root instanceof HTMLBRElement) return '\n'
  return [...root.childNodes].map(textOf).join('')
}
