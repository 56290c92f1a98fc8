import { clientsOf } from '@/lib/agenda/authors.ts'
import { type ItemContent, readState } from '@/lib/agenda/doc.ts'
import { condense, mergeUpdates } from '@/lib/agenda/merge.ts'

/** Long pure work, by name: what a thread is given and what it answers, both as plain data. */
export type Tasks = {
  /** Merges updates into one. */
  merge: { given: Uint8Array[]; answer: Uint8Array<ArrayBuffer> }
  /** Merges updates into the smallest one. */
  condense: { given: Uint8Array[]; answer: Uint8Array<ArrayBuffer> }
  /** Tells which clients of Yjs each update brings words of. */
  clients: { given: Uint8Array[]; answer: number[][] }
  /** Reads what an item says from its state. */
  read: { given: Uint8Array; answer: ItemContent }
}

/** How each task is done; pure. */
export const tasks: { [Name in keyof Tasks]: (given: Tasks[Name]['given']) => Tasks[Name]['answer'] } = {
  merge: mergeUpdates,
  condense,
  clients: clientsOf,
  read: readState,
}
