import type { Block, Cell, Inline, ListItem, Mark, Row } from '@/lib/agenda/prose.ts'

/** Words of a field to paint: offsets as `textBlocks` of prose.ts counts them. */
export type Highlight = { from: number; to: number; threadId: string; resolved: boolean; active?: boolean }

/** A stretch of a field to paint, in the same offsets. */
export type Stretch = { from: number; to: number }

/** A run of a textblock with the same marks under the same stretches; `text` is null for a hard break. */
export type Part<S extends Stretch> = { text: string | null; marks: Mark[]; over: S[] }

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

/** Cuts a textblock that begins at `offset` wherever a mark or a stretch begins or ends. */
export function partsOf<S extends Stretch>(
  content: Inline[] = [],
  offset: number,
  stretches: readonly S[],
): Part<S>[] {
  let at = offset
  return content.flatMap((part): Part<S>[] => {
    const from = at
    at += part.type === 'text' ? part.text.length : 1
    if (part.type === 'hardBreak') {
      return [{ text: null, marks: [], over: covering(stretches, from, at) }]
    }
    const edges = stretches.flatMap((stretch) => [stretch.from, stretch.to])
    const cuts = [...new Set([from, ...edges.filter((edge) => edge > from && edge < at), at])]
    cuts.sort((a, b) => a - b)
    return cuts.slice(1).map((end, index) => {
      const start = cuts[index] ?? from
      return {
        text: part.text.slice(start - from, end - from),
        marks: part.marks ?? [],
        over: covering(stretches, start, end),
      }
    })
  })
}

function covering<S extends Stretch>(stretches: readonly S[], from: number, to: number): S[] {
  return stretches.filter((stretch) => stretch.from <= from && stretch.to >= to)
}
