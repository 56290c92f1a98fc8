import { composeBlock } from './blocks.ts'
import type { AgendaDraft, ItemDraft } from './draft.ts'
import { joinLines } from './hyphens.ts'
import type { Line } from './lines.ts'
import type { AgendaText, Block, Field, ItemText } from './schema.ts'

/** The agenda as plain text, without its source lines. */
export function composeAgenda(draft: AgendaDraft): Pick<AgendaText, 'preface' | 'sections'> {
  return {
    preface: draft.preface.map(composeBlock),
    sections: draft.sections.map(({ title, items }) => ({
      title: textOf(title),
      items: items.map(composeItem),
    })),
  }
}

function composeItem(item: ItemDraft): ItemText {
  return {
    title: textOf(item.title),
    caseNumber: item.caseLine?.value.caseNumber ?? null,
    caseworkers: item.caseLine?.value.caseworkers ?? [],
    background: blocksOf(item, 'background'),
    recommendation: blocksOf(item, 'recommendation'),
    presentation: blocksOf(item, 'presentation'),
    annexes: item.annexes.map(({ title, url }) => ({ title: textOf(title), url: url?.text ?? null })),
    links: item.links.map(({ text, url }) => ({ text, url: url.text })),
  }
}

function blocksOf(item: ItemDraft, field: Field): Block[] | null {
  return item.fields.find((draft) => draft.field === field)?.blocks.map(composeBlock) ?? null
}

function textOf(lines: Line[]): string {
  return joinLines(lines).text.trim()
}
