import { z } from 'zod'
import type { Difference, ExactWords } from '@/lib/agenda/diff.ts'
import type { AnnexView, MeetingState } from '@/lib/agenda/schema.ts'
import type { SentAs, VersionReason } from '@/lib/agenda/version-rules.ts'
import { selectionSchema } from '@/lib/comments/schema.ts'
import { type ApprovalRule, approvalRules } from './rules.ts'

const id = z.uuid()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

// Made by the browser for each press: what arrives twice is done once, whatever others did in between.
const requestId = id.optional()

/** What the browser may ask of approvals. `seenHash` is the content hash the person had before their eyes. */
export const requests = {
  submit: z.object({ meetingId: id, itemIds: z.array(id).min(1).max(500) }),
  approve: z.object({ itemId: id, seenHash: hash, requestId }),
  /** `selection` holds the words the reason is about, null for the whole item. */
  returnItem: z.object({
    itemId: id,
    seenHash: hash,
    reason: z.string().trim().max(2000),
    selection: selectionSchema.nullable().default(null),
    requestId,
  }),
  /** The words of several items, each as the person had them before their eyes. */
  approveRead: z.object({
    wishes: z
      .array(z.object({ itemId: id, seenHash: hash }))
      .min(1)
      .max(500),
  }),
  withdraw: z.object({ itemId: id }),
  setRule: z.object({ bodyId: id, rule: z.enum(approvalRules) }),
  /** Days as "2026-12-24", both included. */
  setStandIn: z
    .object({ bodyId: id, reason: z.string().trim().max(300), from: z.iso.date(), until: z.iso.date() })
    .refine(({ from, until }) => from <= until),
  endStandIn: z.object({ bodyId: id }),
} as const

const moment = z.union([id, z.literal('now')])

/** The two moments of an item that are compared: versions by id, or the present words. */
export const comparedMoments = z.object({ from: moment, to: moment })

/** Where an item stands, derived from its approvals and its present content hash. */
export const itemStatuses = ['draft', 'inReview', 'approved', 'returned', 'lapsed'] as const

/** One of `itemStatuses`; it is derived at each reading and never kept. */
export type ItemStatus = (typeof itemStatuses)[number]

/** The last word of one person of the chairmanship on an item. `stands` is true while the words are the same. */
export type ApprovalView = {
  userId: string
  name: string
  initials: string
  position: 'chair' | 'viceChair'
  verdict: 'approved' | 'returned'
  stands: boolean
  /** Given for the chair as well, as the stand-in. */
  forChair: boolean
  reason: string | null
  threadId: string | null
  contentHash: string
  at: string
}

/** Approval state of one item the reader may read. `lapsedAt` is when the words last changed, for a lapsed item. */
export type ItemApprovals = {
  itemId: string
  status: ItemStatus
  contentHash: string
  lapsedAt: string | null
  approvals: ApprovalView[]
  /** Is it still decided on? An item that stands as it was sent is not, and asks nobody. */
  isOpen: boolean
  /** Positions of the chairmanship whose approval is still wanted; of a chair stood in for, the vice-chair. */
  missing: ('chair' | 'viceChair')[]
}

/** That the vice-chair acts for the chair, why, and on which days ("2026-12-24", both included). */
export type StandInView = { reason: string; from: string; until: string }

/**
 * Approval state of a whole agenda as one reader may see it; items the reader may not read are left out. `standInUntil`
 * is the last day ("2026-12-24") on which the vice-chair acts for the chair, null when it does not today.
 */
export type ApprovalsView = { rule: ApprovalRule; standInUntil: string | null; items: ItemApprovals[] }

/** Why a version was kept, or that somebody took their verdict back. */
export type HistoryKind = VersionReason | 'withdrawn'

/** A person as a history names them. */
export type HistoryPerson = { name: string; initials: string }

/**
 * One act or one version in an item's history. `versionId` leads to its words, and is null where there are none of its
 * own or they may not be read; `by` is null for what was kept by itself. `authors` wrote since the version before.
 * `isFolded` is true for what a reader passes over; `mayBringBack` says whether its words may come back into the item.
 */
export type HistoryEntry = {
  id: string
  kind: HistoryKind
  versionId: string | null
  name: string | null
  by: HistoryPerson | null
  authors: HistoryPerson[]
  /** With which edition the words were sent out; null for all others. */
  edition: SentAs | null
  restoredAt: string | null
  at: string
  contentHash: string
  reason: string | null
  isFolded: boolean
  mayBringBack: boolean
}

/** An item's history, the newest first, with the hash of its present words and what the reader may do with it. */
export type History = {
  entries: HistoryEntry[]
  contentHash: string
  may: { name: boolean; write: boolean }
}

/** Two texts of an item compared: versions by id, or the present words. */
export type Comparison = { difference: Difference }

/** The words an item has now, with their hash: what an approval would be bound to. */
export type CurrentWords = ExactWords & { contentHash: string }

/**
 * What became of a verdict. `stale`: the words have moved on since the person saw them; nothing was kept, and
 * `current` holds what they say now, so that the page can show the difference and ask again.
 */
export type Decision =
  | { outcome: 'done'; approvals: ItemApprovals }
  | { outcome: 'stale'; current: CurrentWords }

/** One item on the chairmanship's page. `since` holds the words of one's own last approval when they differ. */
export type ReviewItem = {
  id: string
  number: string
  current: CurrentWords
  annexes: AnnexView[]
  approvals: ItemApprovals
  since: { at: string; words: ExactWords } | null
}

/** What one person of the chairmanship has before them: the items in review, in agenda order. */
export type ReviewView = {
  meeting: { id: string; startsAt: string; place: string; state: MeetingState }
  body: { name: string }
  me: { userId: string; position: 'chair' | 'viceChair' }
  rule: ApprovalRule
  standInUntil: string | null
  items: ReviewItem[]
  /** How many items are still written on and not sent to review. */
  drafts: number
}

/** What changed in an item since it was last approved; null where it never was, or where that may not be read. */
export type SinceApproved = { name: string; at: string; difference: Difference } | null
