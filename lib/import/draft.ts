import { splitAnnexes } from './annexes.ts'
import { type DraftBlock, readBlocks } from './blocks.ts'
import { joinLines } from './hyphens.ts'
import type { Line } from './lines.ts'
import { type Anchor, assignUrls, findLinkWords, takeUrls } from './links.ts'
import { measureOf } from './measure.ts'
import { type ItemOutline, outlineOf, type SectionOutline } from './outline.ts'
import type { Field } from './schema.ts'

/** A field with the line that names it and the blocks below. */
export type FieldDraft = { field: Field; heading: Line; blocks: DraftBlock[] }

/** An annex: its title may run over several lines; `url` is the line that holds its address, or null. */
export type AnnexDraft = { title: Line[]; url: Line | null }

/** A link: the word that carried it, or null, and the line that holds its address. */
export type LinkDraft = { text: string | null; url: Line }

/** An item in source lines; `caseLine` is null where none stands under the title. */
export type ItemDraft = {
  title: Line[]
  caseLine: ItemOutline['caseLine']
  fields: FieldDraft[]
  annexes: AnnexDraft[]
  links: LinkDraft[]
}

/** A section in source lines: the lines of its title and its items in order. */
export type SectionDraft = { title: Line[]; items: ItemDraft[] }

/** An agenda whose every part still knows the source lines it came from. */
export type AgendaDraft = { preface: DraftBlock[]; sections: SectionDraft[] }

type Bearer = { attach: (url: Line) => void }

/** Reads the lines of a text into an agenda; lines that fit nowhere are left out, the account will tell. */
export function draftAgenda(lines: Line[]): AgendaDraft {
  const { text, urls } = takeUrls(lines)
  const outline = outlineOf(text)
  const firstSection = outline.sections[0]?.title[0]?.number ?? Number.POSITIVE_INFINITY
  const isBefore = (url: Line) => url.number < firstSection
  const preface = [...outline.preface, ...urls.filter(isBefore)].sort((a, b) => a.number - b.number)
  const measure = measureOf(outline.sections.flatMap(textOfSection))
  const draft = {
    preface: readBlocks(preface, { measure: measureOf(preface), allowsHeadings: true }),
    sections: outline.sections.map(({ title, items }) => ({
      title,
      items: items.map((item) => draftItem(item, measure)),
    })),
  }
  attachUrls(
    draft.sections,
    urls.filter((url) => !isBefore(url)),
  )
  return draft
}

function textOfSection(section: SectionOutline): Line[] {
  return section.items.flatMap((item) => [...item.fields.values()].flatMap((field) => field.lines))
}

function draftItem(item: ItemOutline, measure: number): ItemDraft {
  const annexes = splitAnnexes(item.loose, measure).annexes
  const fields: FieldDraft[] = []
  for (const [field, { heading, lines }] of item.fields) {
    const split = splitAnnexes(lines, measure)
    const blocks = readBlocks(split.text, { measure, allowsHeadings: field !== 'recommendation' })
    fields.push({ field, heading, blocks })
    annexes.push(...split.annexes)
  }
  return {
    title: item.title,
    caseLine: item.caseLine,
    fields,
    annexes: annexes.map((title) => ({ title, url: null })),
    links: [],
  }
}

/** Gives each address to the annex or word that bore it, else to the item it stands in. */
function attachUrls(sections: SectionDraft[], urls: Line[]): void {
  const items = sections.flatMap((section) => section.items)
  const anchors = items.flatMap((item) => [...annexAnchors(item), ...wordAnchors(item)])
  for (const { url, value } of assignUrls(urls, anchors)) {
    if (value) value.attach(url)
    else itemAround(sections, url)?.links.push({ text: null, url })
  }
}

function annexAnchors(item: ItemDraft): Anchor<Bearer>[] {
  return item.annexes.flatMap((annex) => {
    const line = annex.title.at(-1)
    if (!line) return []
    const attach = (url: Line) => {
      annex.url = url
    }
    return [{ line: line.number, page: line.page, kind: 'annex', value: { attach } }]
  })
}

function wordAnchors(item: ItemDraft): Anchor<Bearer>[] {
  const passages = item.fields.flatMap(({ blocks }) => blocks.flatMap((block) => block.passages))
  return passages.flatMap((lines) => {
    const { text, starts } = joinLines(lines)
    let at = 0
    return findLinkWords(text).flatMap(({ word, offset }) => {
      while ((starts[at + 1]?.offset ?? Number.POSITIVE_INFINITY) <= offset) at += 1
      const line = lines[at]
      if (!line) return []
      const attach = (url: Line) => {
        item.links.push({ text: word, url })
      }
      return [{ line: line.number, page: line.page, kind: 'word' as const, value: { attach } }]
    })
  })
}

function itemAround(sections: SectionDraft[], url: Line): ItemDraft | undefined {
  const beginsBefore = ({ title }: { title: Line[] }) => (title[0]?.number ?? 0) < url.number
  return sections.findLast(beginsBefore)?.items.findLast(beginsBefore)
}
