import type { FieldName, ItemContent, Kind } from '@/lib/agenda/doc.ts'
import type { Block, Cell, Heading, List, ListItem, Paragraph, Row, Table } from '@/lib/agenda/prose.ts'
import { type ItemFrame, writtenFields } from '@/lib/agenda/rules.ts'
import { align, type Pair } from './align.ts'
import { countedIn, markMoves } from './moves.ts'
import { diffWords, isWord, plainTokens, type Segment, type Token, tokensOf } from './words.ts'

/*
 * What is different between two texts of an item, as plain data that a page can show and a test can turn back into
 * both texts. It covers exactly what an approval covers (see `canonicalContent`): no difference here means the same
 * hash, and the other way round. Blocks, list items, rows and cells are first paired by likeness; inside a pair the
 * words are compared.
 */

/** What became of a part; `changed` means it is in both texts and differs inside. */
export type Change = 'same' | 'added' | 'removed' | 'changed'

/**
 * A part that stands elsewhere in the other text: it is among the removed in its old place and among the added in its
 * new one, both under the same number from 1. `words` is what changed in it on the way, and empty where nothing did.
 */
export type Move = { number: number; words: Segment[] }

/** A paragraph or heading as its runs of words, those of both texts. */
export type TextDiff = { type: 'paragraph' | 'heading'; change: Change; segments: Segment[]; move?: Move }

/** A list as the points of both texts, in reading order. */
export type ListDiff = {
  type: 'bulletList' | 'orderedList'
  change: Change
  items: ListItemDiff[]
  move?: Move
}

/** A point of a list, with the blocks of both texts. */
export type ListItemDiff = { change: Change; blocks: BlockDiff[]; move?: Move }

/** A table as the rows of both texts, in reading order. */
export type TableDiff = { type: 'table'; change: Change; rows: RowDiff[]; move?: Move }

/** A row of a table, with the cells of both texts. */
export type RowDiff = { change: Change; cells: CellDiff[]; move?: Move }

/** A cell of a table, with the blocks of both texts; `type` tells header from data. */
export type CellDiff = { type: Cell['type']; change: Change; blocks: BlockDiff[] }

/** What a field, a list item or a cell holds, compared. */
export type BlockDiff = TextDiff | ListDiff | TableDiff

/** An annex by its title; `changed` is the same title with another file or address behind it. */
export type AnnexDiff = { title: string; change: Change }

/** Words that are new, that are gone, and that only look different (bold, italic, link). */
export type WordCounts = { added: number; removed: number; restyled: number }

/** All that differs between two texts of an item; `kind` and `visibility` are null where they are the same. */
export type Difference = {
  same: boolean
  title: Segment[]
  kind: { before: Kind | null; after: Kind | null } | null
  visibility: { before: 'open' | 'closed'; after: 'open' | 'closed' } | null
  /** The public title of a closed item; empty while the item is open. */
  publicTitle: Segment[]
  fields: { field: FieldName; change: Change; blocks: BlockDiff[] }[]
  annexes: AnnexDiff[]
  /** Words of what moved count only where they changed. */
  counts: WordCounts
  /** How many paragraphs, points, rows, lists and tables stand elsewhere now. */
  moves: number
}

/** All words an approval covers at one moment. */
export type ExactWords = { content: ItemContent; frame: ItemFrame }

/**
 * The difference between two texts of an item, by default in all that an approval covers. A field that is empty in both
 * is left out.
 */
export function differenceOf(
  before: ExactWords,
  after: ExactWords,
  compared: readonly FieldName[] = writtenFields,
): Difference {
  const title = diffWords(plainTokens(before.content.title), plainTokens(after.content.title))
  const publicTitle = diffWords(plainTokens(publicTitleOf(before)), plainTokens(publicTitleOf(after)))
  const fields = compared.flatMap((field) => fieldDiff(field, before.content, after.content))
  const moves = markMoves(fields.map(({ blocks }) => blocks))
  const annexes = annexDiffs(before.frame.annexes, after.frame.annexes)
  const kind = changed(before.content.kind, after.content.kind)
  const visibility = changed(before.frame.visibility, after.frame.visibility)
  const texts = [title, publicTitle, ...fields.flatMap(({ blocks }) => blocks.flatMap(countedIn))]
  const same =
    !kind &&
    !visibility &&
    [...annexes, ...fields].every(({ change }) => change === 'same') &&
    [title, publicTitle].every((segments) => changeOf(segments) === 'same')
  return { same, title, kind, visibility, publicTitle, fields, annexes, counts: countWords(texts), moves }
}

function changed<T>(before: T, after: T): { before: T; after: T } | null {
  return before === after ? null : { before, after }
}

function publicTitleOf({ frame }: ExactWords): string {
  return frame.visibility === 'closed' ? (frame.publicTitle ?? '') : ''
}

function fieldDiff(field: FieldName, before: ItemContent, after: ItemContent) {
  const blocks = diffBlocks(writtenBlocks(before, field), writtenBlocks(after, field))
  return blocks.length ? [{ field, change: changeOfAll(blocks), blocks }] : []
}

// Empty paragraphs between blocks do not count in the hash, so they are no difference either.
function writtenBlocks(content: ItemContent, field: FieldName): Block[] {
  return (content.fields[field]?.content ?? []).filter((block) =>
    isText(block) ? tokensOf(block.content).length > 0 : block.content.length > 0,
  )
}

function diffBlocks(before: readonly Block[], after: readonly Block[]): BlockDiff[] {
  return align(before, after, sameness).map((pair) => {
    const { type } = pair.entry
    switch (type) {
      case 'paragraph':
      case 'heading':
        return textDiff(type, side(pair, isText))
      case 'table':
        return tableDiff(side(pair, isTable))
      default:
        return listDiff(type, side(pair, isList))
    }
  })
}

type TextBlock = Paragraph | Heading

function isText(block: Block): block is TextBlock {
  return block.type === 'paragraph' || block.type === 'heading'
}

function isTable(block: Block): block is Table {
  return block.type === 'table'
}

function isList(block: Block): block is List {
  return block.type === 'bulletList' || block.type === 'orderedList'
}

type Sides<T> = { before: T | null; after: T | null }

function side<T extends Block>({ before, after }: Pair<Block>, is: (block: Block) => block is T): Sides<T> {
  return { before: before && is(before) ? before : null, after: after && is(after) ? after : null }
}

function textDiff(type: TextDiff['type'], { before, after }: Sides<TextBlock>): TextDiff {
  const segments = diffWords(tokensOf(before?.content), tokensOf(after?.content))
  return { type, change: changeOfPair({ before, after }, changeOf(segments)), segments }
}

function listDiff(type: ListDiff['type'], { before, after }: Sides<List>): ListDiff {
  const items = align(before?.content ?? [], after?.content ?? [], sameness).map((pair) => {
    const blocks = diffBlocks(pair.before?.content ?? [], pair.after?.content ?? [])
    return { change: changeOfPair(pair, changeOfAll(blocks)), blocks }
  })
  return { type, change: changeOfPair({ before, after }, changeOfAll(items)), items }
}

function tableDiff({ before, after }: Sides<Table>): TableDiff {
  const rows = align(before?.content ?? [], after?.content ?? [], sameness).map((pair) => {
    const cells = align(pair.before?.content ?? [], pair.after?.content ?? [], sameness).map(cellDiff)
    return { change: changeOfPair(pair, changeOfAll(cells)), cells }
  })
  return { type: 'table', change: changeOfPair({ before, after }, changeOfAll(rows)), rows }
}

function cellDiff(pair: Pair<Cell>): CellDiff {
  const blocks = diffBlocks(pair.before?.content ?? [], pair.after?.content ?? [])
  return { type: pair.entry.type, change: changeOfPair(pair, changeOfAll(blocks)), blocks }
}

/** A part of a text that is compared with others of its kind. */
export type Node = Block | ListItem | Row | Cell

/** When two parts are the same, and how alike they are otherwise. */
export const sameness = { key: keyOf, likeness }

function keyOf(node: Node): string {
  return JSON.stringify(shapeOf(node))
}

function shapeOf(node: Node): unknown[] {
  if (node.type === 'paragraph' || node.type === 'heading') {
    return [node.type, ...tokensOf(node.content).map(({ key }) => key)]
  }
  return [node.type, ...node.content.map((child) => shapeOf(child))]
}

/** How alike two nodes are: the words they share, by Dice's coefficient; nodes of another type are never the same. */
function likeness(one: Node, other: Node): number {
  if (one.type !== other.type) return 0
  if (keyOf(one) === keyOf(other)) return 1
  const words = wordsIn(one)
  const others = wordsIn(other)
  const all = words.length + others.length
  const dice = all === 0 ? 1 : (2 * shared(words, others)) / all
  // A cell whose words are all new is still that cell, and so is a line of one word.
  const isPlace = one.type === 'tableCell' || one.type === 'tableHeader' || all <= 2
  return Math.min(0.99, isPlace ? Math.max(0.4, dice) : dice)
}

function shared(words: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of words) left.set(word, (left.get(word) ?? 0) + 1)
  let count = 0
  for (const word of others) {
    const known = left.get(word) ?? 0
    if (known > 0) {
      count++
      left.set(word, known - 1)
    }
  }
  return count
}

function wordsIn(node: Node): string[] {
  if (node.type === 'paragraph' || node.type === 'heading') {
    return tokensOf(node.content)
      .filter(isWord)
      .map(({ text }: Token) => text.toLowerCase())
  }
  return node.content.flatMap((child) => wordsIn(child))
}

function changeOf(segments: readonly Segment[]): Change {
  return segments.every(({ kind }) => kind === 'same') ? 'same' : 'changed'
}

function changeOfAll(parts: readonly { change: Change }[]): Change {
  return parts.every(({ change }) => change === 'same') ? 'same' : 'changed'
}

function changeOfPair({ before, after }: Sides<unknown>, inside: Change): Change {
  if (!before) return 'added'
  return after ? inside : 'removed'
}

function annexDiffs(before: ItemFrame['annexes'], after: ItemFrame['annexes']): AnnexDiff[] {
  const key = (annex: ItemFrame['annexes'][number]) =>
    JSON.stringify([annex.title.normalize('NFC'), annex.contentHash])
  const pairs = align(before, after, {
    key,
    likeness: (one, other) => (key(one) === key(other) ? 1 : one.title === other.title ? 0.5 : 0),
  })
  return pairs.map((pair) => {
    const inside = pair.before && pair.after && key(pair.before) !== key(pair.after) ? 'changed' : 'same'
    return { title: pair.entry.title, change: changeOfPair(pair, inside) }
  })
}

function countWords(texts: readonly Segment[][]): WordCounts {
  const counts = { added: 0, removed: 0, restyled: 0 }
  for (const segments of texts) {
    const removed = wordsOf(segments, 'removed')
    const added = wordsOf(segments, 'added')
    if (removed.join(' ') === added.join(' ')) counts.restyled += added.length
    else {
      counts.added += added.length
      counts.removed += removed.length
    }
  }
  return counts
}

function wordsOf(segments: readonly Segment[], kind: Segment['kind']): string[] {
  return segments
    .filter((segment) => segment.kind === kind)
    .flatMap(({ text }) =>
      plainTokens(text)
        .filter(isWord)
        .map((token) => token.text),
    )
}
