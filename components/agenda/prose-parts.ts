import type { Block, Cell, Inline, ListItem, Mark, Row } from '@/lib/agenda/prose.ts'

/** Words of a field to paint: offsets as `textBlocks` of prose.ts counts them. */
export type Highlight = { from: number; to: number; threadId: string; resolved: boolean; active?: boolean }

/** A run of a textblock with the same marks and the same highlights; `text` is null for a hard break. */
export type Part = { text: string | null; marks: Mark[]; highlights: Highlight[] }

type Node = Block | ListItem | Row | Cell

/** How much of the field's text a node takes up, its closing newlines counted. */
function extent(node: Node): number {
  if (node.type === 'paragraph' || node.type === 'heading') return inlineLength(node.content) + 1
  return node.content.reduce((sum, child) => sum + extent(child), 0)
}

function inlineLength(content: Inline[] = []): number {
  return content.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 1), 0)
}

/** Siblings with the offset at which each begins, the first at `offset`. */
export function placed<T extends Node>(nodes: T[], offset: number): { node: T; offset: number }[] {
  let at = offset
  return nodes.map((node) => {
    const start = at
    at += extent(node)
    return { node, offset: start }
  })
}

/** Cuts a textblock that begins at `offset` wherever a mark or a highlight begins or ends. */
export function partsOf(content: Inline[] = [], offset: number, highlights: Highlight[]): Part[] {
  let at = offset
  return content.flatMap((part): Part[] => {
    const from = at
    at += part.type === 'text' ? part.text.length : 1
    if (part.type === 'hardBreak') {
      return [{ text: null, marks: [], highlights: covering(highlights, from, at) }]
    }
    const edges = highlights.flatMap((highlight) => [highlight.from, highlight.to])
    const cuts = [...new Set([from, ...edges.filter((edge) => edge > from && edge < at), at])]
    cuts.sort((a, b) => a - b)
    return cuts.slice(1).map((end, index) => {
      const start = cuts[index] ?? from
      return {
        text: part.text.slice(start - from, end - from),
        marks: part.marks ?? [],
        highlights: covering(highlights, start, end),
      }
    })
  })
}

function covering(highlights: Highlight[], from: number, to: number): Highlight[] {
  return highlights.filter((highlight) => highlight.from <= from && highlight.to >= to)
}
