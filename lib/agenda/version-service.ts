import { audit } from '@/lib/audit.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { namesOf } from '@/lib/identity/membership-service.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { signal } from '@/lib/signals.ts'
import type { ExactWords } from './diff.ts'
import { contentSchema, frameSchema } from './schema.ts'
import { type ExactItem, exactItemFor, itemFor, keepVersion } from './service.ts'
import type { SentAs, VersionReason } from './version-rules.ts'
import * as versions from './version-store.ts'

/** A person as a history names them. */
export type Writer = { name: string; initials: string }

/** A version with all that a history tells of it; `visibility` is that of the item when it was kept. */
export type KeptVersion = {
  id: string
  reason: VersionReason
  contentHash: string
  visibility: 'open' | 'closed'
  name: string | null
  by: Writer | null
  authors: Writer[]
  /** The first edition the words were sent out with. */
  edition: SentAs | null
  /** When the words that were brought back had been kept. */
  restoredAt: Date | null
  at: Date
}

/** Every version of an item, the newest first. The caller has judged that the actor may read its history. */
export async function versionsOf(itemId: string): Promise<KeptVersion[]> {
  const rows = await versions.findVersionsOf(db(), itemId)
  const people = await namesOf(db(), [...new Set(rows.flatMap(({ authors }) => authors))])
  return rows.map(({ frame, names, user, authors, editionItems, restored, createdAt, ...row }) => ({
    ...row,
    visibility: frameSchema.parse(frame).visibility,
    name: names[0]?.name || null,
    by: user,
    authors: authors.flatMap((userId) => people.get(userId) ?? []),
    edition: editionItems[0]?.edition ?? null,
    restoredAt: restored?.createdAt ?? null,
    at: createdAt,
  }))
}

/** The words of a version of this item. Throws not-found. */
export async function versionWords(
  handle: Db,
  { itemId, versionId }: { itemId: string; versionId: string },
): Promise<ExactWords> {
  const row = await versions.findVersion(handle, versionId)
  if (!row || row.itemId !== itemId) throw new AppError('not-found')
  return { content: contentSchema.parse(row.content), frame: frameSchema.parse(row.frame) }
}

/** The words of an item that have a hash, where a version of them was kept; else null. The caller judges. */
export async function wordsOfHash(
  handle: Db,
  key: { itemId: string; contentHash: string },
): Promise<ExactWords | null> {
  const row = await versions.findVersionOfHash(handle, key)
  return row && { content: contentSchema.parse(row.content), frame: frameSchema.parse(row.frame) }
}

/**
 * The versions between which an item's words changed since a moment, known by their hash then: null while they are the
 * same, or where no version was kept by then. Keeps the words of now if that is not done yet. The caller holds the
 * document and has judged.
 */
export async function changeSince(
  tx: Db,
  exact: ExactItem,
  since: { contentHash: string; at: Date },
): Promise<{ from: string; to: string } | null> {
  if (exact.contentHash === since.contentHash) return null
  const from = await versions.findVersionAt(tx, exact.itemId, since)
  if (!from) return null
  const last = await versions.findLastVersion(tx, exact.itemId)
  const isKept = last?.contentHash === exact.contentHash
  const to = isKept ? last.id : await keepVersion(tx, exact, { reason: 'automatic', userId: null })
  return { from, to }
}

/** Calls a version by a name, or by none where it is empty. Refuses with not-found or forbidden. */
export async function nameVersion(
  actor: Actor,
  { itemId, versionId, name }: { itemId: string; versionId: string; name: string },
): Promise<void> {
  const { bodyId, meetingId } = await itemFor(actor, itemId, 'moderate')
  await transaction(async (tx) => {
    await versionWords(tx, { itemId, versionId })
    const { userId } = actor
    await versions.insertName(tx, { versionId, name, userId })
    await audit(tx, { bodyId, userId, act: 'version-named', subjectId: itemId, data: { versionId } })
    await signal(tx, { kind: 'meeting-changed', meetingId, what: 'approvals' })
  })
}

/** Keeps the words of now under a name. Refuses with agenda-frozen, not-found or forbidden. */
export async function keepNamed(
  actor: Actor,
  { itemId, name }: { itemId: string; name: string },
): Promise<void> {
  await transaction(async (tx) => {
    const exact = await exactItemFor(tx, actor, { itemId, act: 'write' })
    const { userId } = actor
    const versionId = await keepVersion(tx, exact, { reason: 'named', userId, name })
    const { bodyId, meetingId } = exact
    await audit(tx, { bodyId, userId, act: 'version-named', subjectId: itemId, data: { versionId } })
    await signal(tx, { kind: 'meeting-changed', meetingId, what: 'approvals' })
  })
}
