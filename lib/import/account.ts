import type { DraftBlock } from './blocks.ts'
import type { AgendaDraft, ItemDraft } from './draft.ts'
import { joinLines } from './hyphens.ts'
import type { Line } from './lines.ts'
import type { AgendaText, HyphenNote, Place, ProofLine } from './schema.ts'

type Passage = { place: Place; lines: Line[] }

/** What became of every source line and of every hyphen at a line's end. */
export type Account = Pick<AgendaText, 'account' | 'hyphens'> & { proof: ProofLine[] }

/** Counts every line of the text against the passages of the agenda; what no passage holds is unplaced. */
export function accountFor(lines: Line[], draft: AgendaDraft): Account {
  const passages = passagesOf(draft)
  const places = new Map(passages.flatMap(({ place, lines }) => lines.map((line) => [line.number, place])))
  const proof = lines.map(({ number, text }) => ({ line: number, text, place: places.get(number) ?? null }))
  const unplaced = proof.filter(({ place }) => place === null).map(({ line, text }) => ({ line, text }))
  const texts = passages.map((passage) => joinLines(passage.lines))
  return {
    account: { lines: lines.length, placed: lines.length - unplaced.length, unplaced },
    hyphens: {
      joined: texts.flatMap(({ joined }) => joined).sort(byLine),
      kept: texts.flatMap(({ kept }) => kept).sort(byLine),
    },
    proof,
  }
}

/** Every run of source lines that was read as one text, with its place. */
export function passagesOf(draft: AgendaDraft): Passage[] {
  const preface = passagesOfBlocks(draft.preface, { section: null, item: null, part: 'preface' })
  const sections = draft.sections.flatMap(({ title, items }, index) => [
    { place: { section: index + 1, item: null, part: 'section' as const }, lines: title },
    ...items.flatMap((item, at) => passagesOfItem(item, { section: index + 1, item: at + 1 })),
  ])
  return [...preface, ...sections]
}

function passagesOfItem(item: ItemDraft, number: Omit<Place, 'part'>): Passage[] {
  const at = (part: Place['part'], lines: Line[]): Passage => ({ place: { ...number, part }, lines })
  return [
    at('title', item.title),
    ...(item.caseLine ? [at('case', [item.caseLine.line])] : []),
    ...item.fields.flatMap(({ field, heading, blocks }) => [
      at(field, [heading]),
      ...passagesOfBlocks(blocks, { ...number, part: field }),
    ]),
    ...item.annexes.flatMap(({ title, url }) => [at('annex', title), ...(url ? [at('annex', [url])] : [])]),
    ...item.links.map(({ url }) => at('link', [url])),
  ]
}

function passagesOfBlocks(blocks: DraftBlock[], place: Place): Passage[] {
  return blocks.flatMap((block) => block.passages.map((lines) => ({ place, lines })))
}

function byLine(a: HyphenNote, b: HyphenNote): number {
  return a.line - b.line
}
