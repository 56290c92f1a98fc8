import type { AgendaView } from '@/lib/agenda/schema.ts'
import type { OfflineList } from '@/lib/dispatch/schema.ts'
import { fateOf, itemsOf, type KeptCopy, withoutLost } from './copy-rules.ts'
import { type Waiting, withoutQuote } from './queue-rules.ts'
import { tell } from './told.ts'
import { all, change, drop, get, type Owner, ownerNow, put } from './vault.ts'

/** After this long in ms a question counts as not answered. */
const patience = 30_000

/** How often something was taken out of a copy in this window. */
let prunings = 0

/** Fetches what may be kept, and lets go of what may not. Without a net everything stays as it is. */
export async function refreshCopies(owner: Owner): Promise<void> {
  const response = await ask('/api/offline')
  if (!response) return
  if (fateOf(response.status) === 'lost') return forgetCopies()
  if (!response.ok) return
  const { userId, meetingIds }: OfflineList = await response.json()
  // Somebody else has signed in in another window, whose first page makes the copies theirs.
  if (userId !== owner.userId) return
  const kept = await all<KeptCopy>('copies')
  for (const { id } of kept) if (!meetingIds.includes(String(id))) await drop('copies', id)
  for (const meetingId of meetingIds) await refreshCopy(owner, meetingId)
}

/** Fetches what may be kept of one meeting; what is refused goes at once. */
export function refreshCopy(owner: Owner, meetingId: string): Promise<void> {
  // From the question to the writing, so that an older answer is never written over a newer one.
  return navigator.locks.request(`dagsorden-copy/${meetingId}`, async () => {
    const at = { place: 'copies', id: meetingId } as const
    const kept = await get<KeptCopy>(at.place, at.id)
    const before = prunings
    const headers = kept?.etag ? { 'if-none-match': kept.etag } : undefined
    const path = `/api/meetings/${meetingId}/offline?for=${owner.userId}`
    const response = await ask(path, headers)
    const fetchedAt = new Date().toISOString()
    switch (fateOf(response?.status ?? null)) {
      case 'fresh': {
        const copy = await response?.json()
        const etag = response?.headers.get('etag') ?? ''
        // Asked before something was lost, it may hold what must not be written again; the next question will not.
        return void (before === prunings && (await put(owner, at, { ...copy, etag, fetchedAt })))
      }
      case 'holds':
        return void (await change<KeptCopy>(owner, at, (now) =>
          now.etag === kept?.etag ? { ...now, fetchedAt } : null,
        ))
      case 'lost':
        return drop(at.place, at.id)
      case 'unknown':
    }
  })
}

/** Takes out of what is kept of a meeting the words of items the reader no longer has before their eyes. */
export async function pruneCopy(agenda: AgendaView): Promise<void> {
  const meetingId = agenda.meeting.id
  const owner = await ownerNow()
  if (!owner) return
  const readable = new Set(itemsOf(agenda).flatMap(({ id, content }) => (content ? [id] : [])))
  // Not behind a question that is under way: what may not be read goes at once.
  const at = { place: 'copies', id: meetingId } as const
  if (await change<KeptCopy>(owner, at, (copy) => withoutLost(copy, readable))) prunings += 1
  for (const { id, value } of await all<Waiting>('queue')) {
    const isHere = value.meetingId === meetingId
    if (isHere) await change<Waiting>(owner, { place: 'queue', id }, (one) => withoutQuote(one, readable))
  }
  tell('queue')
}

async function forgetCopies(): Promise<void> {
  for (const { id } of await all('copies')) await drop('copies', id)
}

async function ask(path: string, headers?: Record<string, string>): Promise<Response | null> {
  try {
    const signal = AbortSignal.timeout(patience)
    return await fetch(path, { cache: 'no-store', signal, ...(headers && { headers }) })
  } catch {
    return null
  }
}
