import { type AuditAct, audit } from '@/lib/audit.ts'
import { systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { signal, wordsChanged } from '@/lib/signals.ts'
import { annexLimit, annexType, safeFileName } from './annex-file.ts'
import { project } from './doc-store.ts'
import { sha256 } from './hash.ts'
import { safeUrl } from './prose.ts'
import { exactItemFor, itemFor } from './service.ts'
import * as store from './store.ts'

/** Runs one change of an item's annexes: rights, lock, change, projection, audit row and signal in one transaction. */
async function changeAnnexes<T>(
  actor: Actor,
  itemId: string,
  change: (tx: Db) => Promise<{ act: AuditAct; subjectId: string; value: T }>,
): Promise<T> {
  return transaction(async (tx) => {
    // The lock keeps an approval from reading the annexes while they change.
    const item = await exactItemFor(tx, actor, { itemId, act: 'write' })
    const { value, ...entry } = await change(tx)
    await project(tx, itemId)
    await audit(tx, { bodyId: item.bodyId, userId: actor.userId, ...entry })
    await signal(tx, ...wordsChanged(item.meetingId))
    return value
  })
}

/** Adds a file as an annex and answers its id. Refuses types that could run in a browser, and files over 25 MB. */
export async function addAnnexFile(
  actor: Actor,
  input: { itemId: string; title: string; fileName: string; data: Uint8Array<ArrayBuffer> },
) {
  if (input.data.byteLength > annexLimit) throw new AppError('annex-too-large')
  const name = safeFileName(input.fileName)
  const type = annexType(name, input.data)
  if (!type) throw new AppError('annex-type-refused')
  return changeAnnexes(actor, input.itemId, async (tx) => {
    const id = await store.insertAnnex(tx, {
      itemId: input.itemId,
      title: input.title || name.replace(/\.[^.]+$/, ''),
      contentHash: sha256(input.data),
      file: { name, type, data: input.data },
    })
    return { act: 'annex-added', subjectId: id, value: { id } }
  })
}

/** Adds a link as an annex and answers its id. */
export async function addLink(actor: Actor, input: { itemId: string; title: string; url: string }) {
  const url = safeUrl(input.url)
  if (!url) throw new AppError('link-refused')
  return changeAnnexes(actor, input.itemId, async (tx) => {
    const id = await store.insertAnnex(tx, {
      itemId: input.itemId,
      title: input.title,
      url,
      contentHash: sha256(url),
    })
    return { act: 'annex-added', subjectId: id, value: { id } }
  })
}

/** Takes an annex away; `restoreAnnex` brings it back. */
export function deleteAnnex(actor: Actor, input: { annexId: string }) {
  return markAnnex(actor, input.annexId, { act: 'annex-deleted', deletedAt: systemClock() })
}

/** Brings a deleted annex back. */
export function restoreAnnex(actor: Actor, input: { annexId: string }) {
  return markAnnex(actor, input.annexId, { act: 'annex-restored', deletedAt: null })
}

async function markAnnex(
  actor: Actor,
  annexId: string,
  { act, deletedAt }: { act: AuditAct; deletedAt: Date | null },
) {
  const annex = await store.findAnnex(db(), annexId)
  if (!annex) throw new AppError('not-found')
  return changeAnnexes(actor, annex.itemId, async (tx) => {
    await store.updateAnnex(tx, annexId, { deletedAt })
    return { act, subjectId: annexId, value: undefined }
  })
}

/** Reads an annex file for a download, if the actor may read its item. */
export async function readAnnex(actor: Actor, annexId: string) {
  const annex = await store.findAnnex(db(), annexId)
  if (!annex || annex.deletedAt || !annex.fileName || !annex.contentType) throw new AppError('not-found')
  await itemFor(actor, annex.itemId, 'read')
  const data = await store.readAnnexFile(db(), annexId)
  if (!data) throw new AppError('not-found')
  return { fileName: annex.fileName, contentType: annex.contentType, data }
}
