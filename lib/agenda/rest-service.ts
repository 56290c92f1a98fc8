import { isDeepStrictEqual } from 'node:util'
import { type Db, db, transaction } from '@/lib/db.ts'
import { type Read, readKept } from './doc-store.ts'
import { contentHash } from './hash.ts'
import { frameOf, type KeptWords, keepVersion } from './service.ts'
import * as store from './store.ts'
import { type Rest, restsOf } from './version-rules.ts'
import { findLastVersion, findWritings, itemsUnkept } from './version-store.ts'

/**
 * Keeps an item's words if they are at rest, and answers how many versions that made. To be called beside the log: it
 * holds nobody up who writes. What was kept already, or is gone, is passed over.
 */
export async function keepRest(itemId: string, now: Date, read: Read): Promise<number> {
  const item = await store.findItem(db(), itemId)
  const document = item && !item.deletedAt ? await store.findDocument(db(), item) : null
  if (!document) return 0
  const { id: documentId, generation } = document
  const last = await findLastVersion(db(), itemId)
  const writings = await findWritings(db(), { documentId, since: last })
  const place = { itemId, generation, documentId }
  let count = 0
  for (const rest of restsOf({ now, keptAt: last?.createdAt ?? document.createdAt, writings })) {
    if (await keepOne(place, rest, read)) count++
  }
  return count
}

/** Ids of items somebody wrote in since they were last kept: the process that was to keep them stopped. */
export function unkeptItems(): Promise<string[]> {
  return itemsUnkept(db())
}

type Place = { itemId: string; generation: number; documentId: string }

async function keepOne(place: Place, rest: Rest, read: Read): Promise<boolean> {
  const log = await readKept(db(), place)
  const found = log && (await read(log, rest.keep === 'before' ? rest.seq : null))
  if (!found) return false
  return transaction(async (tx) => {
    await store.holdDocument(tx, place.documentId)
    const words = await wordsNow(tx, { ...place, ...found })
    const last = await findLastVersion(tx, place.itemId)
    // Others may have kept them, or later ones, in the meantime.
    const isLate = last !== null && last.seq !== null && last.seq >= found.lastSeq
    if (!words || isLate || isKept(words, last)) return false
    await keepVersion(tx, words, { reason: 'automatic', userId: null })
    return true
  })
}

type Found = Pick<KeptWords, 'itemId' | 'documentId' | 'content' | 'state' | 'lastSeq'> & {
  generation: number
}

async function wordsNow(tx: Db, found: Found): Promise<KeptWords | null> {
  const { itemId, documentId, content, state, lastSeq } = found
  // Read again behind the lock: the item may have been closed, opened or deleted while it was read.
  const item = await store.findItem(tx, itemId)
  if (!item || item.deletedAt || item.generation !== found.generation) return null
  const frame = frameOf(item)
  return { itemId, documentId, content, state, lastSeq, frame, contentHash: contentHash(content, frame) }
}

function isKept(
  { contentHash: hash, content }: KeptWords,
  last: { contentHash: string; content: unknown } | null,
) {
  return last !== null && last.contentHash === hash && isDeepStrictEqual(content, last.content)
}
