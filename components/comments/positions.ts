import type { Node } from '@tiptap/pm/model'
import type { Place } from '@/lib/comments/quote.ts'

// Offsets count a field's text as `textBlocks` of agenda/prose.ts does; positions count the editor's document.
// Within a textblock both take one step a letter and one a hard break, so a textblock differs by one number only.

type TextBlock = { offset: number; position: number; text: string }

function textBlocks(doc: Node): TextBlock[] {
  const blocks: TextBlock[] = []
  let offset = 0
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, null, '\n')
    blocks.push({ offset, position: position + 1, text })
    offset += text.length + 1
    return false
  })
  return blocks
}

/** The stretch of the editor's document at which a place in the text stands; null when the text is shorter. */
export function rangeOf(doc: Node, { from, to }: Place): Place | null {
  const blocks = textBlocks(doc)
  const start = positionOf(blocks, from)
  const end = positionOf(blocks, to)
  return start !== null && end !== null && start < end ? { from: start, to: end } : null
}

function positionOf(blocks: TextBlock[], offset: number): number | null {
  const block = blocks.find(({ offset: at, text }) => offset >= at && offset <= at + text.length)
  return block ? block.position + offset - block.offset : null
}

/** The words between two positions of the editor's document as a place in the text, spaces at the edges left out. */
export function placeOf(doc: Node, range: Place): (Place & { quote: string }) | null {
  const blocks = textBlocks(doc)
  const text = blocks.map((block) => block.text).join('\n')
  const from = offsetOf(blocks, range.from)
  const words = text.slice(from, offsetOf(blocks, range.to))
  const start = from + words.length - words.trimStart().length
  const quote = words.trim()
  return quote ? { from: start, to: start + quote.length, quote } : null
}

/** A position between textblocks counts as the end of the one before. */
function offsetOf(blocks: TextBlock[], position: number): number {
  const block = blocks.findLast((candidate) => candidate.position <= position)
  return block ? block.offset + Math.min(position - block.position, block.text.length) : 0
}
