import { clientsOf } from '@/lib/agenda/authors.ts'
import { type ItemContent, readState } from '@/lib/agenda/doc.ts'
import { condense, mergeUpdates } from '@/lib/agenda/merge.ts'
import { type Opening, openUpdates } from '../opening.ts'

/** Long pure work on a document's updates, by name, and what a thread answers, as plain data. */
export type Tasks = {
  /** Merges updates into one. */
  merge: Uint8Array<ArrayBuffer>
  /** Merges updates into the smallest one. */
  condense: Uint8Array<ArrayBuffer>
  /** Makes a document's updates ready for its room. */
  open: Opening
  /** Tells which clients of Yjs each update brings words of. */
  clients: number[][]
  /** Reads what an item says. */
  read: ItemContent
}

/** How each task is done; pure. */
export const tasks: { [Name in keyof Tasks]: (updates: Uint8Array[]) => Tasks[Name] } = {
  merge: mergeUpdates,
  condense,
  open: openUpdates,
  clients: clientsOf,
  read: (updates) => readState(mergeUpdates(updates)),
}
