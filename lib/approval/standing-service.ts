import type { Db } from '@/lib/db.ts'
import type { ItemFacts } from '@/lib/identity/rules.ts'
import { dayOf } from '@/lib/identity/term.ts'
import type { ItemApprovals } from './schema.ts'
import * as store from './store.ts'
import { viewApprovals } from './view.ts'

/** An item locked at its exact words. */
type Exact = { itemId: string; facts: ItemFacts; submittedAt: Date | null; contentHash: string }

/**
 * Where items stand at this moment of a transaction, by their exact words, in their order and as the secretariat sees
 * it. The caller holds the items' documents.
 */
export async function standingNow(
  tx: Db,
  { bodyId, items, now }: { bodyId: string; items: Exact[]; now: Date },
): Promise<ItemApprovals[]> {
  const { standIn: _, ...body } = await store.findChairmanship(tx, { bodyId, today: dayOf(now) })
  const verdicts = await store.findVerdicts(
    tx,
    items.map(({ itemId }) => itemId),
  )
  const reader = { ...body, subject: { role: 'secretariat', readsClosed: true, recusedFrom: [] } as const }
  return items.map(({ itemId, facts, submittedAt, contentHash }) =>
    viewApprovals(
      { id: itemId, facts, submittedAt, contentHash, contentAt: now },
      { ...reader, verdicts: verdicts.filter((verdict) => verdict.itemId === itemId) },
    ),
  )
}
