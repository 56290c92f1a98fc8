import { audit } from '@/lib/audit.ts'
import { transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { signal, wordsChanged } from '@/lib/signals.ts'
import { appendPoint, type FieldName } from './doc.ts'
import { append, lockDocument, project } from './doc-store.ts'
import { exactItemFor } from './service.ts'

/**
 * Puts a point at the end of a field's list on the actor's behalf, also while others write in it. Refuses with
 * agenda-frozen once the item was sent, with not-found, and forbidden.
 */
export async function addPoint(
  actor: Actor,
  { itemId, field, point }: { itemId: string; field: FieldName; point: string },
): Promise<void> {
  await transaction(async (tx) => {
    const exact = await exactItemFor(tx, actor, { itemId, act: 'read' })
    if (exact.sent || exact.facts.phase === 'frozen') throw new AppError('agenda-frozen')
    const { generation, bodyId } = await exactItemFor(tx, actor, { itemId, act: 'write' })
    const document = await lockDocument(tx, { itemId, generation })
    if (!document) throw new AppError('not-found')
    const data = appendPoint(document.state, { field, point })
    const { userId } = actor
    await append(tx, [{ itemId, generation, documentId: document.documentId, data, userId }])
    await project(tx, itemId)
    await audit(tx, { bodyId, userId, act: 'planned-added', subjectId: itemId })
    await signal(tx, { kind: 'document-written', itemId, by: null }, ...wordsChanged(exact.meetingId))
  })
}
