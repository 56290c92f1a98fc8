import type { Queued } from '@/lib/comments/queued-schema.ts'
import { type ErrorCode, errorCodes } from '@/lib/errors.ts'

/** Something written without a net: what is to be sent, where it belongs, and what became of it. */
export type Waiting = Queued & {
  meetingId: string
  itemId: string
  /** The words it is about; empty for the whole item. */
  quote: string
  writtenAt: string
  /** How often the server answered with a fault of its own. */
  faults: number
  /** Why it was refused; null while it waits. */
  refused: ErrorCode | null
}

/** What the server said to one of them; null where no answer came. */
export type Said = { status: number; code: ErrorCode | null } | null

/** What to do with it then. `fault`: the server failed, and it is tried again, but not for ever. */
export type Verdict = { is: 'sent' } | { is: 'keep'; fault: boolean } | { is: 'refused'; code: ErrorCode }

const patience = 5

/**
 * What the answer to one of them means. Without an answer nobody knows whether it arrived: it is sent again under the
 * same id, and the server keeps it once. Who is signed out, or waits for a server that is away, keeps it too.
 */
export function judge(said: Said, { faults }: Pick<Waiting, 'faults'>): Verdict {
  if (said === null) return { is: 'keep', fault: false }
  const { status, code } = said
  if (status >= 200 && status < 300) return { is: 'sent' }
  if ([401, 408, 429, 502, 503, 504].includes(status)) return { is: 'keep', fault: false }
  if (status >= 500 && faults + 1 < patience) return { is: 'keep', fault: true }
  return { is: 'refused', code: code ?? 'unexpected' }
}

/** The code in an answer's body, or null where it has none that is known. */
export function codeIn(body: unknown): ErrorCode | null {
  const { code } = Object(body)
  return errorCodes.find((known) => known === code) ?? null
}

/** How long to wait before trying again, in ms: longer each time, and never more than a minute. */
export function pauseAfter(tries: number): number {
  return Math.min(60_000, 2000 * 2 ** tries)
}

/**
 * What waits, without the words of an item that may not be read any more; null where it has none of them. What the
 * person wrote themselves stays.
 */
export function withoutQuote(waiting: Waiting, readable: ReadonlySet<string>): Waiting | null {
  if (readable.has(waiting.itemId)) return null
  const bare = { quote: '', refused: waiting.refused ?? ('not-found' as const) }
  if (waiting.kind === 'reply') {
    return waiting.refused && !waiting.quote ? null : { ...waiting, ...bare }
  }
  if (waiting.refused && !waiting.quote && !waiting.input.selection) return null
  // Asked one by one: each kind keeps its own shape.
  return waiting.kind === 'thread'
    ? { ...waiting, ...bare, input: { ...waiting.input, selection: null } }
    : { ...waiting, ...bare, input: { ...waiting.input, selection: null } }
}
