import { audit } from '@/lib/audit.ts'
import { db, transaction } from '@/lib/db.ts'
import { signal, wordsChanged } from '@/lib/signals.ts'
import { createDocument, lockDocument, project } from './doc-store.ts'
import { DamagedRowError } from './kept-log.ts'
import * as store from './store.ts'
import { allItems } from './verify-store.ts'

/**
 * Gives every item a document of the next generation with the same words. Needed when a database was restored from a
 * backup: a browser that has newer words than the backup would otherwise pour them in at its next visit, unseen. With
 * another generation it is refused for good and keeps aside what was not saved. Answers how many were renewed, and the
 * items whose document is damaged: nobody can open that one, and it stays as it is.
 */
export async function renewDocuments(): Promise<{ renewed: number; damaged: string[] }> {
  const damaged: string[] = []
  let renewed = 0
  for await (const { id, meetingId, meeting } of allItems(db())) {
    try {
      if (await renew({ itemId: id, meetingId, bodyId: meeting.bodyId })) renewed++
    } catch (error) {
      if (!(error instanceof DamagedRowError)) throw error
      damaged.push(id)
    }
  }
  return { renewed, damaged }
}

function renew({ itemId, meetingId, bodyId }: { itemId: string; meetingId: string; bodyId: string }) {
  return transaction(async (tx) => {
    const item = await store.findItem(tx, itemId)
    const document = item && (await lockDocument(tx, { itemId, generation: item.generation }))
    if (!item || !document) return false
    const generation = item.generation + 1
    await createDocument(tx, { itemId, generation, state: document.state, userId: null })
    await store.updateItem(tx, itemId, { generation })
    await project(tx, itemId)
    await audit(tx, {
      bodyId,
      userId: null,
      act: 'document-renewed',
      subjectId: itemId,
      data: { generation },
    })
    await signal(tx, { kind: 'item-rights-changed', itemId }, ...wordsChanged(meetingId))
    return true
  })
}
