import { z } from 'zod'
import { contentHash, sha256 } from '@/lib/agenda/hash.ts'
import type { Checked, Defect } from '@/lib/agenda/verify-service.ts'
import { db } from '@/lib/db.ts'
import { sentEditionSchema, sentItemSchema } from './schema.ts'
import { allEditions } from './store.ts'

/** Recomputes the hashes of everything that was sent: of each edition, of each item in it, and of its words. */
export async function* verifyEditions(): AsyncGenerator<Checked> {
  for await (const edition of allEditions(db())) {
    yield { kind: 'edition', id: edition.id, defect: defectOf(edition) }
  }
}

const loggedSchema = z.object({ hash: z.string() })

type Kept = {
  record: string
  hash: string
  logged: unknown
  items: { itemId: string; record: string; hash: string; contentHash: string }[]
}

function defectOf({ record, hash, logged, items }: Kept): Defect | null {
  if ([{ record, hash }, ...items].some((sealed) => sha256(sealed.record) !== sealed.hash)) return 'damaged'
  const sent = sentEditionSchema.safeParse(JSON.parse(record)).data
  if (!sent || sent.items.length !== items.length) return 'unreadable'
  if (loggedSchema.safeParse(logged).data?.hash !== hash) return 'hash-differs'
  const isWhole = items.every((item) => {
    const words = sentItemSchema.safeParse(JSON.parse(item.record)).data
    const named = sent.items.find(({ itemId }) => itemId === item.itemId)
    return (
      words?.contentHash === item.contentHash &&
      contentHash(words.content, words.frame) === item.contentHash &&
      named?.hash === item.hash
    )
  })
  return isWhole ? null : 'hash-differs'
}
