import { z } from 'zod'
import type { AnnexView, MeetingState } from '@/lib/agenda/schema.ts'
import type { Difference, ExactWords } from './diff.ts'

const id = z.uuid()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What the browser may ask of approvals. `seenHash` is the content hash the person had before their eyes. */
export const requests = {
  submit: z.object({ meetingId: id, itemIds: z.array(id).min(1).max(500) }),
  approve: z.object({ itemId: id, seenHash: hash }),
  returnItem: z.object({ itemId: id, seenHash: hash, reason: z.string().trim().max(2000) }),
  withdraw: z.object({ itemId: id }),
} as const

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
  /** Positions of the chairmanship whose approval is still wanted. */
  missing: ('chair' | 'viceChair')[]
}

/** Approval state of a whole agenda as one reader may see it; items the reader may not read are left out. */
export type ApprovalsView = { rule: 'both' | 'either'; items: ItemApprovals[] }

/** One act in an item's history, the newest first. */
export type HistoryEntry = {
  id: string
  kind: 'submitted' | 'approved' | 'returned' | 'withdrawn' | 'opened' | 'closed' | 'dispatched'
  name: string
  initials: string
  at: string
  contentHash: string
  reason: string | null
}

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
  rule: 'both' | 'either'
  items: ReviewItem[]
  /** How many items are still written on and not sent to review. */
  drafts: number
}

/** What changed in an item since it was last approved; null where it never was, or where that may not be read. */
export type SinceApproved = { name: string; at: string; difference: Difference } | null
