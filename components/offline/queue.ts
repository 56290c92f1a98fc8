import type { Queued } from '@/lib/comments/queued-schema.ts'
import type { KeptCopy } from './copy-rules.ts'
import { itemsOf } from './copy-rules.ts'
import { codeIn, judge, type Said, type Waiting } from './queue-rules.ts'
import { tell } from './told.ts'
import { all, append, drop, get, type Owner, ownerNow, put } from './vault.ts'

/** After this long in ms it counts as not sent; sent twice, it is kept once. */
const patience = 30_000

/** One of those that wait, with its turn. */
export type Turn = { id: IDBValidKey; value: Waiting }

/** Everything that waits or was refused, in the order it was written. */
export function readQueue(): Promise<Turn[]> {
  return all<Waiting>('queue')
}

/** Lets go of one: its author copied it, or does not want it any more. */
export async function dropTurn(id: IDBValidKey): Promise<void> {
  await drop('queue', id)
  tell('queue')
}

/**
 * Keeps something written without a net until it can be sent. Answers false where it may not be kept: only what is said
 * of an item whose words are kept here may be, for what is said of it quotes it.
 */
export async function enqueue(queued: Queued, meetingId: string): Promise<boolean> {
  const owner = await ownerNow()
  const copy = owner && (await get<KeptCopy>('copies', meetingId))
  const about = copy && aboutOf(queued, copy)
  if (!owner || !about) return false
  const writtenAt = new Date().toISOString()
  const waiting: Waiting = { ...queued, ...about, meetingId, writtenAt, faults: 0, refused: null }
  const isKept = await append(owner, 'queue', waiting)
  for (const topic of ['queue', 'written'] as const) tell(topic)
  return isKept
}

function aboutOf(queued: Queued, { edition, threads }: KeptCopy) {
  if (queued.kind !== 'reply') {
    const { itemId, selection } = queued.input
    const item = itemsOf(edition.agenda).find(({ id }) => id === itemId)
    return item?.content && item.may.comment ? { itemId, quote: selection?.quote ?? '' } : null
  }
  const thread = threads.threads.find(({ id }) => id === queued.input.threadId)
  return thread ? { itemId: thread.itemId, quote: thread.quote } : null
}

/** How many were sent and refused, and how many still wait. */
export type Flushed = { sent: number; refused: number; left: number }

/** Sends what waits, one after the other in the order it was written; stops at the first that can't be sent now. */
export function flush(owner: Owner): Promise<Flushed> {
  // Over all windows: two that sent at once would be harmless, but not in order.
  return navigator.locks.request('dagsorden-queue', async () => {
    const flushed: Flushed = { sent: 0, refused: 0, left: 0 }
    const turns = (await readQueue()).filter(({ value }) => value.refused === null)
    for (const { id, value } of turns) {
      const verdict = judge(await send(value, owner), value)
      if (verdict.is === 'sent') {
        await drop('queue', id)
        flushed.sent += 1
      } else if (verdict.is === 'refused') {
        await put(owner, { place: 'queue', id }, { ...value, refused: verdict.code })
        flushed.refused += 1
      } else {
        if (verdict.fault) await put(owner, { place: 'queue', id }, { ...value, faults: value.faults + 1 })
        break
      }
    }
    flushed.left = turns.length - flushed.sent - flushed.refused
    if (flushed.sent + flushed.refused > 0) tell('queue')
    return flushed
  })
}

async function send({ kind, input }: Waiting, { userId }: Owner): Promise<Said> {
  try {
    const response = await fetch('/api/comments', {
      method: 'POST',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId, kind, input }),
    })
    return { status: response.status, code: codeIn(await response.json().catch(() => null)) }
  } catch {
    return null
  }
}
