import { audit } from '@/lib/audit.ts'
import { type Db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { signal, wordsChanged } from '@/lib/signals.ts'
import { createState } from './doc.ts'
import { createDocument, project } from './doc-store.ts'
import { type ExactItem, exactItemFor, keepVersion } from './service.ts'
import * as store from './store.ts'

/** Closes an item: confidential from now on, in a new document that shares no history with the open one. */
export function closeItem(actor: Actor, input: { itemId: string; publicTitle: string; reason: string }) {
  if (!input.publicTitle) throw new AppError('public-title-missing')
  return changeVisibility(actor, {
    itemId: input.itemId,
    visibility: 'closed',
    publicTitle: input.publicTitle,
    closedReason: input.reason || null,
  })
}

/** Opens a closed item: in a new document, so that nothing deleted while it was closed can be read. */
export function openItem(actor: Actor, input: { itemId: string }) {
  return changeVisibility(actor, {
    itemId: input.itemId,
    visibility: 'open',
    publicTitle: null,
    closedReason: null,
  })
}

async function changeVisibility(
  actor: Actor,
  change: {
    itemId: string
    visibility: 'open' | 'closed'
    publicTitle: string | null
    closedReason: string | null
  },
): Promise<void> {
  const { itemId, visibility, publicTitle, closedReason } = change
  const act = visibility === 'closed' ? 'item-closed' : 'item-opened'
  await transaction(async (tx) => {
    const exact = await exactItemFor(tx, actor, { itemId, act: 'arrange' })
    // Closing it once more, for a better public title, must not cut off those who write in it.
    const generation =
      exact.facts.visibility === visibility ? exact.generation : await renew(tx, actor, exact)
    await store.updateItem(tx, itemId, { visibility, publicTitle, closedReason, generation })
    await project(tx, itemId)
    await audit(tx, {
      bodyId: exact.bodyId,
      userId: actor.userId,
      act,
      subjectId: itemId,
      data: { generation },
    })
    await signal(tx, { kind: 'item-rights-changed', itemId }, ...wordsChanged(exact.meetingId))
  })
}

/** Keeps the words as they are under the old visibility, begins a document of the next generation and answers it. */
async function renew(tx: Db, actor: Actor, exact: ExactItem): Promise<number> {
  const { itemId, content } = exact
  const generation = exact.generation + 1
  const reason = exact.facts.visibility === 'open' ? 'closed' : 'opened'
  await keepVersion(tx, exact, { reason, userId: actor.userId })
  await createDocument(tx, { itemId, generation, state: createState(content), userId: actor.userId })
  return generation
}
