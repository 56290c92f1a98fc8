import { fieldNames, type ItemContent } from '@/lib/agenda/doc.ts'
import { proseText } from '@/lib/agenda/prose.ts'
import type { KeptWords } from './offline-copy.ts'

const parts = ['title', 'caseNumber', 'caseworkers', 'kind', ...fieldNames] as const
export type Part = (typeof parts)[number]

/** One part of an item as plain text, written in it and never saved. */
export type KeptText = { part: Part; text: string }

/** What was kept aside and does not stand in the item now, in the item's own order; all of it where that is unknown. */
export function keptTexts(kept: KeptWords[], now: ItemContent | null): KeptText[] {
  return parts.flatMap((part) => {
    const texts = new Set(kept.map(({ content }) => textOf(content, part)))
    texts.delete('')
    if (now) texts.delete(textOf(now, part))
    return [...texts].map((text) => ({ part, text }))
  })
}

function textOf(content: ItemContent, part: Part): string {
  switch (part) {
    case 'title':
    case 'caseNumber':
      return content[part]
    case 'caseworkers':
      return content.caseworkers.join('/')
    case 'kind':
      return content.kind ?? ''
    default:
      return proseText(content.fields[part])
  }
}
