import { type ItemFacts, readsClosedItems, type Subject } from '@/lib/identity/rules.ts'
import {
  type ApprovalFacts,
  chairmanshipOf,
  isDecidedOn,
  type Seat,
  type Standing,
  standingOf,
  type Verdict,
} from './rules.ts'
import type { ApprovalView, ItemApprovals } from './schema.ts'

/** A verdict with all that a page may show of it. */
export type NamedVerdict = Verdict & {
  id: string
  itemId: string
  name: string
  initials: string
  reason: string | null
  threadId: string | null
  versionId: string
  standInId: string | null
}

/** May this person read the reasons of returns? They are written to the secretariat and the chairmanship. */
export function readsReasons(subject: Subject): boolean {
  return subject?.role === 'secretariat' || subject?.role === 'chair'
}

/** May this person read a kept version? Words kept while the item was closed stay closed when it is opened. */
export function readsVersion(subject: Subject, visibility: 'open' | 'closed'): boolean {
  return visibility === 'open' || readsClosedItems(subject)
}

/** Approval state of one item as one reader may see it. */
export function viewApprovals(
  item: { id: string; facts: ItemFacts; submittedAt: Date | null; contentHash: string; contentAt: Date },
  {
    verdicts,
    subject,
    seats,
    ...body
  }: Pick<ApprovalFacts, 'rule' | 'isStoodIn'> & {
    seats: readonly Seat[]
    verdicts: readonly NamedVerdict[]
    subject: Subject
  },
): ItemApprovals {
  const { submittedAt, contentHash } = item
  const standing: Standing<NamedVerdict> = standingOf({
    submittedAt,
    contentHash,
    verdicts,
    chairmanship: chairmanshipOf(seats, item.id),
    ...body,
  })
  const open = readsReasons(subject)
  const isOpen = isDecidedOn(item.facts.phase)
  const approvals = standing.verdicts.map(
    ({ verdict, at, reason, threadId, ...rest }): ApprovalView => ({
      userId: rest.userId,
      name: rest.name,
      initials: rest.initials,
      position: rest.position,
      verdict: verdict === 'returned' ? 'returned' : 'approved',
      stands: rest.stands,
      forChair: rest.forChair,
      reason: open ? reason : null,
      threadId: open ? threadId : null,
      contentHash: rest.contentHash,
      at: at.toISOString(),
    }),
  )
  return {
    itemId: item.id,
    status: standing.status,
    contentHash,
    lapsedAt: standing.status === 'lapsed' ? item.contentAt.toISOString() : null,
    approvals,
    isOpen,
    missing: isOpen ? standing.missing : [],
  }
}
