import { z } from 'zod'
import { type FieldName, type ItemContent, kinds } from './doc.ts'
import type { Block, Inline, Mark, Prose } from './prose.ts'
import type { ItemFrame } from './rules.ts'

const id = z.uuid()
const title = z.string().trim().min(1).max(300)

/** What the browser may ask of an agenda; actions parse these before anything else happens. */
export const requests = {
  addSection: z.object({ meetingId: id, title, at: z.int().min(0).max(500) }),
  renameSection: z.object({ sectionId: id, title }),
  moveSection: z.object({ sectionId: id, at: z.int().min(0).max(500) }),
  deleteSection: z.object({ sectionId: id }),
  restoreSection: z.object({ sectionId: id }),
  addItem: z.object({ sectionId: id, title: z.string().trim().max(300), at: z.int().min(0).max(500) }),
  moveItem: z.object({ itemId: id, sectionId: id, at: z.int().min(0).max(500) }),
  deleteItem: z.object({ itemId: id }),
  restoreItem: z.object({ itemId: id }),
  transferTargets: z.object({ itemId: id }),
  transferItem: z.object({ itemId: id, sectionId: id }),
  copyItem: z.object({ itemId: id, sectionId: id }),
  closeItem: z.object({
    itemId: id,
    publicTitle: z.string().trim().max(300),
    reason: z.string().trim().max(500),
  }),
  openItem: z.object({ itemId: id }),
  recusable: z.object({ itemId: id }),
  recuse: z.object({ itemId: id, userId: id, recused: z.boolean() }),
  addLink: z.object({ itemId: id, title, url: z.string().max(2000) }),
  deleteAnnex: z.object({ annexId: id }),
  restoreAnnex: z.object({ annexId: id }),
  nameVersion: z.object({ itemId: id, versionId: id, name: z.string().trim().max(80) }),
  keepNamed: z.object({ itemId: id, name: z.string().trim().min(1).max(80) }),
  restoreVersion: z.object({ itemId: id, versionId: id }),
} as const

const mark: z.ZodType<Mark> = z.union([
  z.object({ type: z.enum(['bold', 'italic']) }),
  z.object({ type: z.literal('link'), attrs: z.object({ href: z.string() }) }),
])
const inline: z.ZodType<Inline> = z.union([
  z.object({ type: z.literal('text'), text: z.string(), marks: z.array(mark).optional() }),
  z.object({ type: z.literal('hardBreak') }),
])
const block: z.ZodType<Block> = z.lazy(() =>
  z.union([
    z.object({ type: z.literal('paragraph'), content: z.array(inline).optional() }),
    z.object({
      type: z.literal('heading'),
      attrs: z.object({ level: z.literal(3) }),
      content: z.array(inline).optional(),
    }),
    z.object({
      type: z.enum(['bulletList', 'orderedList']),
      content: z.array(z.object({ type: z.literal('listItem'), content: z.array(block) })),
    }),
    z.object({
      type: z.literal('table'),
      content: z.array(
        z.object({
          type: z.literal('tableRow'),
          content: z.array(z.object({ type: z.enum(['tableHeader', 'tableCell']), content: z.array(block) })),
        }),
      ),
    }),
  ]),
)

/** Checks prose that comes from outside or from a JSON column. */
export const proseSchema: z.ZodType<Prose> = z.object({ type: z.literal('doc'), content: z.array(block) })

const field = proseSchema.nullable()

/** Checks an item's content read from a JSON column. */
export const contentSchema: z.ZodType<ItemContent> = z.object({
  title: z.string(),
  caseNumber: z.string(),
  caseworkers: z.array(z.string()),
  kind: z.enum(kinds).nullable(),
  fields: z.object({ background: field, recommendation: field, presentation: field, decision: field }),
})

/** Checks what an approval covers outside the document, read from a JSON column. */
export const frameSchema: z.ZodType<ItemFrame> = z.object({
  visibility: z.enum(['open', 'closed']),
  publicTitle: z.string().nullable(),
  annexes: z.array(z.object({ title: z.string(), contentHash: z.string() })),
})

/** An annex as a reader sees it; a file is fetched from /api/annexes/<id>. */
export type AnnexView = {
  id: string
  title: string
  url: string | null
  fileName: string | null
  contentType: string | null
  size: number | null
}

/** Somebody who takes part in deciding an item, and whether they are disqualified from it. */
export type RecusablePerson = { userId: string; name: string; isRecused: boolean }

/** What the reader of this view may do with an item. */
export type ItemRights = {
  write: boolean
  submit: boolean
  approve: boolean
  comment: boolean
  moderate: boolean
  arrange: boolean
}

/** The meeting an item was moved from, or the item it was copied from. */
export type ItemOrigin = {
  kind: 'moved' | 'copied'
  meetingId: string
  startsAt: string
  /** The item it was copied from; null where the item itself was moved. */
  itemId: string | null
}

/** A meeting an item may be moved or copied to, with its sections in order. */
export type TransferTarget = {
  meetingId: string
  startsAt: string
  place: string
  sections: { id: string; title: string }[]
}

/**
 * An item as one reader may see it. Without the right to read it, `content`, `contentHash` and `contentAt` are null,
 * annexes are empty, `generation` is 0 and `title` is the public title ('' where even that is not known).
 */
export type ItemView = {
  id: string
  number: string
  /** The number it was sent under, and keeps; null for what was never sent. */
  frozenNumber: string | null
  /** Why it comes after the agenda was sent; null where it does not, or is not known. */
  lateReason: string | null
  title: string
  visibility: 'open' | 'closed'
  /** The reader is disqualified from it; absent where not. */
  isRecused?: true
  publicTitle: string | null
  closedReason: string | null
  generation: number
  submittedAt: string | null
  content: ItemContent | null
  contentHash: string | null
  contentAt: string | null
  annexes: AnnexView[]
  /** Where it came from, where it came from elsewhere and the reader may know of it. */
  origin?: ItemOrigin
  may: ItemRights
}

/**
 * A section with its items in order, also those known by public title only; `number` is its place, counted from "1".
 */
export type SectionView = {
  id: string
  number: string
  frozenNumber: string | null
  /** The highest number ever sent of an item in it. */
  lastItem: number
  title: string
  items: ItemView[]
}

/** How far a meeting has come, as its row says. */
export type MeetingState = 'preparing' | 'dispatched' | 'held' | 'recorded'

/**
 * A whole agenda as one reader may see it. Times are ISO 8601 in UTC. `revision` is what a dispatched agenda is being
 * written on towards, `editionCount` how often it or a supplement was sent, `lastSection` the highest number of a
 * section ever sent.
 */
export type AgendaView = {
  meeting: {
    id: string
    startsAt: string
    place: string
    state: MeetingState
    revision: 'edition' | 'supplement' | null
    editionCount: number
    lastSection: number
  }
  body: { id: string; slug: string; name: string }
  preface: Prose | null
  sections: SectionView[]
  may: { arrange: boolean; import: boolean; openWorkspace: boolean; approve: boolean; dispatch: boolean }
}

/**
 * Who wrote which of an item's present words. `words` are stretches of a field in offsets of `textBlocks` (prose.ts);
 * what is in none of them was written by nobody known.
 */
export type AuthorsView = {
  people: { userId: string; name: string; initials: string }[]
  fields: { field: FieldName; prose: Prose; words: { from: number; to: number; userId: string }[] }[]
}
