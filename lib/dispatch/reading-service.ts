import type { AgendaView } from '@/lib/agenda/schema.ts'
import { loadAgenda } from '@/lib/agenda/service.ts'
import { AppError } from '@/lib/errors.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { loadEdition } from './edition-service.ts'
import type { EditionView } from './schema.ts'

/** What is read: an agenda, and which edition it is; null for the working text. */
export type Reading = { agenda: AgendaView; edition: Omit<EditionView, 'agenda'> | null }

/**
 * What a person reads of a meeting. Before the first dispatch the working text, as far as they may; after it what is
 * valid, one edition by its number, or `kladde`, the working text, for those who work on it. Throws not-found.
 */
export async function loadReading(actor: Actor, meetingId: string, wanted: string | null): Promise<Reading> {
  const working = await loadAgenda(actor, meetingId)
  if (working.meeting.editionCount === 0) return { agenda: working, edition: null }
  if (wanted === 'kladde' && working.may.openWorkspace) return { agenda: working, edition: null }
  const { agenda, ...edition } = await loadEdition(actor, meetingId, numberOf(wanted))
  return { agenda, edition }
}

function numberOf(wanted: string | null): number | null {
  if (wanted === null || wanted === 'kladde') return null
  if (!/^\d{1,6}$/.test(wanted)) throw new AppError('not-found')
  return Number(wanted)
}
