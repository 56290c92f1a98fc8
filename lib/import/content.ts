import { emptyContent, type ItemContent } from '@/lib/agenda/doc.ts'
import { type Block, type Inline, type Prose, safeUrl } from '@/lib/agenda/prose.ts'
import { kindFromRecommendation, writtenFields } from '@/lib/agenda/rules.ts'
import type { ItemText, Block as TextBlock } from './schema.ts'

/** An imported item as the agenda wants it: its content and the annexes known by name. */
export type ImportedItem = { content: ItemContent; annexes: { title: string; url: string | null }[] }

/** Turns blocks of an agenda text into prose; no blocks are no field. */
export function toProse(blocks: TextBlock[] | null): Prose | null {
  return blocks?.length ? { type: 'doc', content: blocks.map(toBlock) } : null
}

function toBlock(block: TextBlock): Block {
  if ('paragraph' in block) return paragraph(block.paragraph)
  if ('heading' in block) return { type: 'heading', attrs: { level: 3 }, content: [text(block.heading)] }
  const [type, entries] =
    'bullets' in block ? (['bulletList', block.bullets] as const) : (['orderedList', block.numbers] as const)
  return { type, content: entries.map((entry) => ({ type: 'listItem', content: [paragraph(entry)] })) }
}

function text(value: string): Inline {
  return { type: 'text', text: value }
}

function paragraph(value: string): Block {
  return value ? { type: 'paragraph', content: [text(value)] } : { type: 'paragraph' }
}

/** Turns an item of an agenda text into content; a link whose word is not found becomes an annex, so none is lost. */
export function toItem(item: ItemText): ImportedItem {
  const fields = { ...emptyContent.fields }
  for (const field of writtenFields) fields[field] = toProse(item[field])
  const annexes = item.annexes.map((annex) => toAnnex(annex.title, annex.url))
  for (const link of item.links) {
    const url = completeUrl(link.url)
    const placed = url && link.text ? placeLink(fields, link.text, url) : false
    if (!placed) annexes.push(toAnnex(link.text ?? link.url, link.url))
  }
  const content = {
    title: item.title,
    caseNumber: item.caseNumber ?? '',
    caseworkers: item.caseworkers,
    kind: kindFromRecommendation(fields.recommendation),
    fields,
  }
  return { content, annexes }
}

function completeUrl(url: string): string | null {
  return safeUrl(/^www\./i.test(url) ? `https://${url}` : url)
}

function toAnnex(title: string, url: string | null) {
  const safe = url === null ? null : completeUrl(url)
  return { title: url && !safe && url !== title ? `${title} (${url})` : title, url: safe }
}

/** Puts a link on the last place the word stands in the fields; false when it stands nowhere. */
function placeLink(fields: ItemContent['fields'], word: string, url: string): boolean {
  for (const field of [...writtenFields].reverse()) {
    const blocks = fields[field]?.content ?? []
    for (const block of [...blocks].reverse()) {
      if (block.type !== 'paragraph') continue
      const linked = linkLast(block.content ?? [], word, url)
      if (!linked) continue
      block.content = linked
      return true
    }
  }
  return false
}

function linkLast(content: Inline[], word: string, url: string): Inline[] | null {
  for (const [at, part] of [...content.entries()].reverse()) {
    if (part.type !== 'text' || part.marks) continue
    const start = lastWord(part.text, word)
    if (start < 0) continue
    const end = start + word.length
    const pieces: Inline[] = [
      { type: 'text', text: part.text.slice(0, start) },
      { type: 'text', text: word, marks: [{ type: 'link', attrs: { href: url } }] },
      { type: 'text', text: part.text.slice(end) },
    ]
    const kept = pieces.filter((piece) => piece.type !== 'text' || piece.text !== '')
    return [...content.slice(0, at), ...kept, ...content.slice(at + 1)]
  }
  return null
}

function lastWord(line: string, word: string): number {
  const letter = /[\p{L}\p{N}]/u
  for (let at = line.lastIndexOf(word); at >= 0; at = at === 0 ? -1 : line.lastIndexOf(word, at - 1)) {
    const before = line[at - 1] ?? ' '
    const after = line[at + word.length] ?? ' '
    if (!letter.test(before) && !letter.test(after)) return at
  }
  return -1
}
