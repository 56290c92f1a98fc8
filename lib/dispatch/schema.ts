import { z } from 'zod'
import type { Difference } from '@/lib/agenda/diff.ts'
import { type AgendaView, contentSchema, frameSchema, proseSchema } from '@/lib/agenda/schema.ts'
import type { ThreadsView } from '@/lib/comments/schema.ts'
import type { Deadlines } from '@/lib/meeting/deadlines.ts'

const id = z.uuid()

/** What may stand in the way of sending an agenda out. */
export const findingCodes = [
  'agenda-empty',
  'nothing-changed',
  'agenda-deadline-passed',
  'material-deadline-passed',
  'not-submitted',
  'in-review',
  'returned',
  'lapsed',
  'title-missing',
  'kind-missing',
  'recommendation-empty',
  'annex-missing',
  'help-text-left',
  'public-title-missing',
  'late-reason-missing',
] as const

/** One of `findingCodes`; each has a sentence in every language under `dispatch.finding`. */
export type FindingCode = (typeof findingCodes)[number]

/**
 * One thing that stands in the way, of an item or of the whole agenda (`itemId` is null). `blocks`: not even a reason
 * gets past it. `key` tells it from all others of this agenda.
 */
export type Finding = {
  key: string
  code: FindingCode
  blocks: boolean
  itemId: string | null
  number: string | null
  title: string | null
}

/** How an item differs from what was sent last. `number` is its number now, or then where it is gone. */
export type ItemChange = {
  itemId: string
  number: string
  title: string
  change: 'new' | 'changed' | 'removed'
}

/** Whether an agenda can be sent out, for secretariat and chairmanship. */
export type ReadinessView = {
  /** What would be sent now, and the how-manieth of its kind; null while what was sent stands. */
  next: { kind: 'agenda' | 'supplement'; ordinal: number } | null
  deadlines: Deadlines
  findings: Finding[]
  /** How many of the items to be sent are approved, of how many. */
  approved: number
  total: number
  /** What differs from what was sent last. */
  changes: ItemChange[]
  /** Of items that come late, why; null where that is not yet said. */
  late: { itemId: string; number: string; title: string; reason: string | null }[]
  may: { dispatch: boolean }
}

/** What the browser may ask of dispatch. `seen` holds the keys of the findings the person has before their eyes. */
export const requests = {
  dispatch: z.object({
    meetingId: id,
    reason: z.string().trim().max(2000),
    seen: z.array(z.string().max(200)).max(5000),
  }),
  markItemsRead: z.object({
    meetingId: id,
    reads: z
      .array(z.object({ itemId: id, contentHash: z.string().max(64) }))
      .min(1)
      .max(500),
  }),
  markItemUnread: z.object({ itemId: id }),
  startRevision: z.object({ meetingId: id, revision: z.enum(['edition', 'supplement']) }),
  endRevision: z.object({ meetingId: id }),
  giveLateReason: z.object({ itemId: id, reason: z.string().trim().max(1000) }),
  setDeadlines: z.object({
    bodyId: id,
    agendaDays: z.int().min(0).max(30),
    materialDays: z.int().min(0).max(30),
    saturdayCounts: z.boolean(),
  }),
  setOfflineRule: z.object({ bodyId: id, keepsClosedOffline: z.boolean() }),
} as const

/** Which words of its items a person last read, by item, and when. */
export type ItemReadings = Record<string, { contentHash: string; at: string }>

/** What became of the wish to send. `stale`: something stands in the way that the person has not seen; nothing was sent. */
export type Dispatched = { outcome: 'sent'; editionId: string; number: number } | { outcome: 'stale' }

const annexSchema = z.object({
  id,
  title: z.string(),
  url: z.string().nullable(),
  fileName: z.string().nullable(),
  contentType: z.string().nullable(),
  size: z.number().nullable(),
  contentHash: z.string(),
})

const approvalSchema = z.object({
  userId: id,
  name: z.string(),
  initials: z.string(),
  position: z.enum(['chair', 'viceChair']),
  verdict: z.enum(['approved', 'returned']),
  stands: z.boolean(),
  /** Said for the chair as well; absent where it was not. */
  forChair: z.literal(true).optional(),
  contentHash: z.string(),
  at: z.string(),
})

/** An item as it was sent: the shape of an edition item's record. */
export const sentItemSchema = z.object({
  itemId: id,
  sectionId: id,
  number: z.string(),
  content: contentSchema,
  frame: frameSchema,
  closedReason: z.string().nullable(),
  lateReason: z.string().nullable(),
  contentHash: z.string(),
  versionId: id,
  generation: z.number(),
  annexes: z.array(annexSchema),
  status: z.string(),
  approvals: z.array(approvalSchema),
})

/** An item as it was sent. */
export type SentItem = z.infer<typeof sentItemSchema>

/** What was sent at once: the shape of an edition's record. `items` holds the hash of each item's own record. */
export const sentEditionSchema = z.object({
  v: z.literal(1),
  meetingId: id,
  bodyName: z.string(),
  startsAt: z.string(),
  place: z.string(),
  kind: z.enum(['agenda', 'supplement']),
  number: z.number(),
  ordinal: z.number(),
  at: z.string(),
  userId: id,
  reason: z.string().nullable(),
  findings: z.array(z.object({ code: z.enum(findingCodes), itemId: id.nullable() })),
  preface: proseSchema.nullable(),
  sections: z.array(z.object({ id, number: z.string(), title: z.string(), itemIds: z.array(id) })),
  items: z.array(z.object({ itemId: id, hash: z.string() })),
})

/** What was sent at once. */
export type SentEdition = z.infer<typeof sentEditionSchema>

/** One edition in the list of a meeting. */
export type EditionLine = { number: number; kind: 'agenda' | 'supplement'; ordinal: number; at: string }

/** How an item differs from what was sent before; `difference` is null for what is new or gone, or may not be read. */
export type EditionChange = ItemChange & { difference: Difference | null }

/**
 * What was sent of a meeting, as one reader may see it, in the shape of an agenda. `number` is null for what is valid
 * now: the last edition with its supplements. `reason` is why it went out in spite of what stood in the way, known to
 * secretariat and chairmanship.
 */
export type EditionView = {
  agenda: AgendaView
  number: number | null
  editions: EditionLine[]
  hash: string
  reason: string | null
  changes: EditionChange[]
}

/** Whose copies a browser may hold, and of which meetings, the next first. */
export type OfflineList = { userId: string; meetingIds: string[] }

/**
 * What a browser keeps of a meeting for reading without a net. `leavesOutClosed`: the reader may read closed items, but
 * the body does not let them be kept, so they are here as for somebody who may not.
 */
export type OfflineCopy = {
  edition: EditionView
  threads: ThreadsView
  readings: ItemReadings
  leavesOutClosed: boolean
}
