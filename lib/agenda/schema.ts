import { z } from 'zod'
import { type ItemContent, kinds } from './doc.ts'
import { type Prose, proseSchema } from './prose.ts'
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
  closeItem: z.object({
    itemId: id,
    publicTitle: z.string().trim().max(300),
    reason: z.string().trim().max(500),
  }),
  openItem: z.object({ itemId: id }),
  addLink: z.object({ itemId: id, title, url: z.string().max(2000) }),
  deleteAnnex: z.object({ annexId: id }),
  restoreAnnex: z.object({ annexId: id }),
} as const

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

/** What the reader of this view may do with an item. */
export type ItemRights = {
  write: boolean
  submit: boolean
  approve: boolean
  comment: boolean
  moderate: boolean
}

/**
 * An item as one reader may see it. Without the right to read it, `content`, `contentHash` and `contentAt` are null,
 * annexes are empty, `generation` is 0 and `title` is the public title ('' where even that is not known).
 */
export type ItemView = {
  id: string
  number: string
  title: string
  visibility: 'open' | 'closed'
  publicTitle: string | null
  closedReason: string | null
  generation: number
  submittedAt: string | null
  content: ItemContent | null
  contentHash: string | null
  contentAt: string | null
  annexes: AnnexView[]
  may: ItemRights
}

export type SectionView = { id: string; number: string; title: string; items: ItemView[] }

export type MeetingState = 'preparing' | 'dispatched' | 'held' | 'recorded'

/** A whole agenda as one reader may see it. Times are ISO 8601 in UTC. */
export type AgendaView = {
  meeting: { id: string; startsAt: string; place: string; state: MeetingState }
  body: { id: string; slug: string; name: string }
  preface: Prose | null
  sections: SectionView[]
  may: { arrange: boolean; import: boolean; openWorkspace: boolean; approve: boolean }
}
