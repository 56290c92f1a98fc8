import { sha256 } from '@/lib/agenda/hash.ts'
import type { SentEdition, SentItem } from './schema.ts'

/** What is kept of something sent: its exact bytes, and the SHA-256 of them in lower-case hex. */
export type Sealed = { record: string; hash: string }

/** Writes something sent down as canonical JSON, keys in order, so that the same always gives the same bytes. */
export function seal(sent: SentEdition | SentItem): Sealed {
  const record = JSON.stringify(inOrder(sent))
  return { record, hash: sha256(record) }
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, held]) => [key, inOrder(held)]),
  )
}
