import type { ItemContent } from '@/lib/agenda/doc.ts'
import type { Block, Prose } from '@/lib/agenda/prose.ts'
import firstTemplateText from './first-template.json' with { type: 'json' }
import { type Template, type TemplateItem, templateSchema } from './schema.ts'

/** The template a body has until it saves its own. Agendas are Danish documents, and so is this. */
export const firstTemplate: Template = templateSchema.parse(firstTemplateText)

/** What a template's blanks stand for; null is not known, and leaves the blank as help text to its writer. */
export type Blanks = { bodyName: string; previousDay: string | null; minutesSentDay: string | null }

const blankNames = {
  bodyName: '[rådets navn]',
  previousDay: '[forrige mødes dato]',
  minutesSentDay: '[dagen referatet blev sendt]',
} as const satisfies Record<keyof Blanks, string>

const blankKeys = ['bodyName', 'previousDay', 'minutesSentDay'] as const satisfies (keyof Blanks)[]

/** The blanks a template's editor may write, in the order they are explained. */
export const blanks: readonly string[] = Object.values(blankNames)

/** Fills the blanks that are known. What is not stays in its square brackets, so that dispatch warns of it. */
export function fillBlanks(text: string, values: Blanks): string {
  // In one pass: what a body calls itself is never read as a blank.
  return text.replace(/\[[^[\]]+\]/g, (written) => {
    const name = blankKeys.find((key) => blankNames[key] === written)
    return (name && values[name]) ?? written
  })
}

/** The items a new meeting begins with: minutes are approved only where there was a meeting before. */
export function itemsFor<Item extends Pick<TemplateItem, 'standing'>>(
  items: readonly Item[],
  { previousDay }: Pick<Blanks, 'previousDay'>,
): Item[] {
  return items.filter(({ standing }) => standing !== 'minutes' || previousDay !== null)
}

/** An item of a template as the words of a new item, its blanks filled. */
export function contentOf(item: TemplateItem, values: Blanks, caseworkers: string[]): ItemContent {
  const field = (text: string) => plainProse(fillBlanks(text, values))
  return {
    title: fillBlanks(item.title, values),
    caseNumber: '',
    caseworkers,
    kind: item.kind,
    fields: {
      background: field(item.background),
      recommendation: field(item.recommendation),
      presentation: field(item.presentation),
      decision: null,
    },
  }
}

/** Reads a plain text field as prose: a line is a paragraph, lines that begin with "- " are a list. */
export function plainProse(text: string): Prose | null {
  const content: Block[] = []
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (!line) continue
    const entry = /^[-–•]\s+(.+)$/.exec(line)?.[1]
    const last = content.at(-1)
    if (!entry) content.push(paragraph(line))
    else if (last?.type === 'bulletList') last.content.push({ type: 'listItem', content: [paragraph(entry)] })
    else content.push({ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(entry)] }] })
  }
  return content.length > 0 ? { type: 'doc', content } : null
}

function paragraph(text: string): Block {
  return { type: 'paragraph', content: [{ type: 'text', text }] }
}
