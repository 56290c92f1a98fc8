import type { BlockDiff, ListItemDiff, RowDiff } from './diff.ts'
import { diffWords, isWord, plainTokens, type Segment, tokensOf } from './words.ts'

/*
 * What was moved. A difference pairs parts in their order, so a paragraph that was carried past others is taken out in
 * one place and put in in another. Here the two are found and tied together, over all fields: first those that say
 * exactly the same, then paragraphs that were also changed a little. What is short is left alone: "Ja." here and "Ja."
 * there need not be the same.
 */

type Part = BlockDiff | ListItemDiff | RowDiff

/** Fewer words than this may stand in two places by chance. */
const fewestWords = 3

/** Words a paragraph must share with another, of all in both, to be the same one in another place. */
const leastLikeness = 0.75

/** Ties parts that moved together, in place, and answers how many there are. */
export function markMoves(fields: readonly BlockDiff[][]): number {
  let moves = 0
  // Whole lists and tables first; what they hold moved by itself where they did not.
  for (const depth of ['outer', 'inner'] as const) {
    const loose = fields.flatMap((blocks) => blocks.flatMap((block) => loosePartsOf(block, depth, 'text')))
    moves += tie(loose, moves)
  }
  return moves
}

type Place = 'text' | 'list'
type Loose = { part: Part; place: Place }

function loosePartsOf(part: Part, depth: 'outer' | 'inner', place: Place): Loose[] {
  if (part.move) return []
  const isLoose = part.change === 'added' || part.change === 'removed'
  if (isLoose && depth === 'outer') return [{ part, place }]
  const placeInside = 'items' in part ? 'list' : place
  const inside = partsIn(part).flatMap((inner) => loosePartsOf(inner, depth, placeInside))
  return isLoose ? [{ part, place }, ...inside] : inside
}

function partsIn(part: Part): Part[] {
  if ('segments' in part) return []
  if ('items' in part) return part.items
  if ('rows' in part) return part.rows
  if ('cells' in part) return []
  return part.blocks
}

function tie(loose: readonly Loose[], moves: number): number {
  const removed = loose.filter(({ part }) => part.change === 'removed').map(described)
  const added = loose.filter(({ part }) => part.change === 'added').map(described)
  let count = 0
  const pair = (matches: (one: Described, other: Described) => boolean) => {
    for (const one of removed) {
      if (isTied(one.part) || one.words.length < fewestWords) continue
      const other = added.find((candidate) => !isTied(candidate.part) && matches(one, candidate))
      if (!other) continue
      count++
      const words = one.key === other.key ? [] : diffOf(one, other)
      one.part.move = { number: moves + count, words: [] }
      other.part.move = { number: moves + count, words }
    }
  }
  pair((one, other) => one.key === other.key)
  pair((one, other) => one.isText && one.kind === other.kind && likeness(one, other) >= leastLikeness)
  return count
}

type Described = {
  part: Part
  kind: string
  isText: boolean
  key: string
  words: string[]
  segments: Segment[]
}

function described({ part, place }: Loose): Described {
  const texts = segmentsIn(part)
  const sort = 'type' in part ? part.type : 'cells' in part ? 'row' : 'point'
  // A paragraph that became a point of a list is set another way; it did not move.
  const kind = `${sort} of ${place}`
  const looks = texts.map((segments) => segments.map(({ text, marks = [] }) => [text, marks]))
  return {
    part,
    kind,
    isText: 'segments' in part,
    key: JSON.stringify([kind, shapeOf(part), looks]),
    words: texts.flat().flatMap(({ text }) => wordsIn(text)),
    segments: texts.flat(),
  }
}

// Two lists may hold the same words in other points.
function shapeOf(part: Part): unknown {
  if ('segments' in part) return part.type
  if ('cells' in part) return part.cells.map(({ type, blocks }) => [type, blocks.map(shapeOf)])
  return partsIn(part).map(shapeOf)
}

// A part may be inside one that moved as a whole, and then it moved with it.
function isTied(part: Part): boolean {
  return part.move !== undefined || partsIn(part).some((inner) => inner.move !== undefined)
}

function wordsIn(text: string): string[] {
  return plainTokens(text)
    .filter(isWord)
    .map((token) => token.text.toLowerCase())
}

function likeness(one: Described, other: Described): number {
  const left = [...other.words]
  let shared = 0
  for (const word of one.words) {
    const at = left.indexOf(word)
    if (at === -1) continue
    shared++
    left.splice(at, 1)
  }
  return (2 * shared) / (one.words.length + other.words.length)
}

function diffOf(one: Described, other: Described): Segment[] {
  const tokens = ({ segments }: Described) =>
    tokensOf(segments.map(({ text, marks }) => ({ type: 'text', text, ...(marks && { marks }) })))
  return diffWords(tokens(one), tokens(other))
}

/** The texts inside a block whose words count as new or gone, in order: of what moved, what changed on the way. */
export function countedIn(block: BlockDiff): Segment[][] {
  return textsIn(block, (part) => (part.change === 'added' && part.move ? [part.move.words] : []))
}

function segmentsIn(part: Part): Segment[][] {
  return textsIn(part, null)
}

function textsIn(part: Part, moved: ((part: Part) => Segment[][]) | null): Segment[][] {
  if (moved && part.move) return moved(part)
  if ('segments' in part) return [part.segments]
  if ('cells' in part)
    return part.cells.flatMap(({ blocks }) => blocks.flatMap((inner) => textsIn(inner, moved)))
  return partsIn(part).flatMap((inner) => textsIn(inner, moved))
}
