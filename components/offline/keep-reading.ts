import { coalesce } from '@/components/agenda/coalesce.ts'
import type { AgendaView } from '@/lib/agenda/schema.ts'
import { canKeep } from './can-keep.ts'
import { pruneCopy, refreshCopy } from './copies.ts'
import { ownerNow } from './vault.ts'

/** Keeps what is read of a meeting: at once without what was lost, and then as the server says. */
export function keepReading(agendaNow: () => AgendaView): () => Promise<void> {
  return coalesce(async () => {
    const owner = canKeep() ? await ownerNow() : null
    if (!owner) return
    await pruneCopy(agendaNow())
    await refreshCopy(owner, agendaNow().meeting.id)
  })
}
