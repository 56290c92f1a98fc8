import type { Checked } from '@/lib/agenda/verify-service.ts'
import { db } from '@/lib/db.ts'
import { allVerdicts } from './store.ts'

/** Compares each verdict with the version it names: the same item, and the same words. */
export async function* verifyApprovals(): AsyncGenerator<Checked> {
  for await (const { id, itemId, contentHash, version } of allVerdicts(db())) {
    const isBound = version.itemId === itemId && version.contentHash === contentHash
    yield { kind: 'approval', id, defect: isBound ? null : 'hash-differs' }
  }
}
