import { z } from 'zod'

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

/** One act in an item's history. */
export type HistoryEntry = {
  id: string
  kind: 'submitted' | 'approved' | 'returned' | 'opened' | 'closed'
  name: string
  initials: string
  at: string
  contentHash: string
  reason: string | null
}
