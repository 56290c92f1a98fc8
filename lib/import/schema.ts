import { z } from 'zod'
import type { ErrorCode } from '@/lib/errors.ts'

/** One piece of an item's text, in the order it stands on the page. */
export const blockSchema = z.union([
  z.strictObject({ paragraph: z.string() }),
  z.strictObject({ heading: z.string() }),
  z.strictObject({ bullets: z.array(z.string()) }),
  z.strictObject({ numbers: z.array(z.string()) }),
])

/** An attached document; `url` is as the source wrote it, null when the source gives none. */
export const annexTextSchema = z.strictObject({ title: z.string(), url: z.string().nullable() })

/** A link; `text` is the word that carried it, null when no word did. */
export const linkTextSchema = z.strictObject({ text: z.string().nullable(), url: z.string() })

/** One agenda item; a field the source does not have is null. */
export const itemTextSchema = z.strictObject({
  title: z.string(),
  caseNumber: z.string().nullable(),
  caseworkers: z.array(z.string()),
  background: z.array(blockSchema).nullable(),
  recommendation: z.array(blockSchema).nullable(),
  presentation: z.array(blockSchema).nullable(),
  annexes: z.array(annexTextSchema),
  links: z.array(linkTextSchema),
})

const hyphenNoteSchema = z.strictObject({ line: z.int(), word: z.string() })

/** What an agenda text holds, and the account of every source line; lines count from 1. */
export const agendaTextSchema = z.strictObject({
  preface: z.array(blockSchema),
  sections: z.array(z.strictObject({ title: z.string(), items: z.array(itemTextSchema) })),
  account: z.strictObject({
    lines: z.int(),
    placed: z.int(),
    unplaced: z.array(z.strictObject({ line: z.int(), text: z.string() })),
  }),
  hyphens: z.strictObject({ joined: z.array(hyphenNoteSchema), kept: z.array(hyphenNoteSchema) }),
})

/** The written fields of an item, in the order items have them. */
export const writtenFields = ['background', 'recommendation', 'presentation'] as const

/** What part of the agenda a source line became. */
export const parts = ['preface', 'section', 'title', 'case', ...writtenFields, 'annex', 'link'] as const

/** A source line beside the place it went to; section and item count from 1, place null when unplaced. */
export const proofLineSchema = z.strictObject({
  line: z.int(),
  text: z.string(),
  place: z
    .strictObject({ section: z.int().nullable(), item: z.int().nullable(), part: z.enum(parts) })
    .nullable(),
})

/** One checked piece of text: an object with one key, which says what it is. */
export type Block = z.infer<typeof blockSchema>

/** A checked annex of an agenda file. */
export type AnnexText = z.infer<typeof annexTextSchema>

/** A checked link of an agenda file. */
export type LinkText = z.infer<typeof linkTextSchema>

/** A checked item of an agenda file, without ids: nothing is made yet. */
export type ItemText = z.infer<typeof itemTextSchema>

/** A word broken at a line's end; `line` is the source line it begins on, from 1. */
export type HyphenNote = z.infer<typeof hyphenNoteSchema>

/** A checked agenda with its account: `placed` and `unplaced` together are all lines with text. */
export type AgendaText = z.infer<typeof agendaTextSchema>

/** A checked source line for the page on which a person proves the import before anything is made. */
export type ProofLine = z.infer<typeof proofLineSchema>

/** Where a source line went; the preface has neither section nor item, a section's title no item. */
export type Place = NonNullable<ProofLine['place']>

/** One of `writtenFields`: an agenda file has no decisions. */
export type Field = (typeof writtenFields)[number]

/** Why a file is not imported. */
export type ImportRefusal = Extract<ErrorCode, `import-${string}`>
