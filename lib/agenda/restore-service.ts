import { isDeepStrictEqual } from 'node:util'
import { audit } from '@/lib/audit.ts'
import { type Db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { signal, wordsChanged } from '@/lib/signals.ts'
import { append, project } from './doc-store.ts'
import { restoreUpdate } from './restore.ts'
import { type ExactItem, exactItem, exactItemFor, keepVersion } from './service.ts'
import { mayBringBack } from './version-rules.ts'
import { versionWords } from './version-service.ts'
import { findLastVersion } from './version-store.ts'

/**
 * Brings the words of a version back on the actor's behalf, as edits of the present ones: those who write beside it
 * lose nothing, and the words of now are kept as well. Visibility, public title and annexes stay as they are.
 * `changed` is false where the item says them already. Refuses with version-was-closed, agenda-frozen, not-found or
 * forbidden.
 */
export async function restoreVersion(
  actor: Actor,
  { itemId, versionId }: { itemId: string; versionId: string },
): Promise<{ changed: boolean }> {
  return transaction(async (tx) => {
    const exact = await exactItemFor(tx, actor, { itemId, act: 'write' })
    const { content, frame } = await versionWords(tx, { itemId, versionId })
    if (!mayBringBack(frame.visibility, exact.frame.visibility)) throw new AppError('version-was-closed')
    const data = restoreUpdate(exact.state, content)
    if (!data) return { changed: false }
    const { documentId, generation, bodyId } = exact
    const { userId } = actor
    await keepBefore(tx, exact)
    await append(tx, [{ itemId, generation, documentId, data, userId }])
    await project(tx, itemId)
    const restored = { reason: 'restored', userId, restoredId: versionId } as const
    const newId = await keepVersion(tx, await exactItem(tx, itemId), restored)
    const noted = { versionId: newId, from: versionId }
    await audit(tx, { bodyId, userId, act: 'version-restored', subjectId: itemId, data: noted })
    await signal(tx, { kind: 'document-written', itemId, by: null }, ...wordsChanged(exact.meetingId))
    return { changed: true }
  })
}

// The way back from going back.
async function keepBefore(tx: Db, exact: ExactItem): Promise<void> {
  const last = await findLastVersion(tx, exact.itemId)
  const isKept = last?.contentHash === exact.contentHash && isDeepStrictEqual(last.content, exact.content)
  if (!isKept) await keepVersion(tx, exact, { reason: 'automatic', userId: null })
}
