import {
  type CondensedLog,
  condenseLog,
  type KeptLog,
  type ReadLog,
  readLog,
  rowsOf,
} from '@/lib/agenda/kept-log.ts'
import { type Opening, openUpdates } from '../opening.ts'

/** Long pure work on what is kept of a document, by name, and what a thread answers, as plain data. */
export type Tasks = {
  /** Makes a document ready for its room. */
  open: Opening
  /** Reads what an item says, or said before a row; null where that can't be told any more. */
  read: ReadLog | null
  /** Merges all into the smallest update, and makes that ready for its room. */
  condense: CondensedLog & { opening: Opening }
}

/** A task as it is handed to a thread. */
export type Order = { name: keyof Tasks; log: KeptLog; before: bigint | null }

/** How each task is done; pure. Each throws DamagedRowError. */
export const tasks: { [Name in keyof Tasks]: (log: KeptLog, before: bigint | null) => Tasks[Name] } = {
  open: (log) => openUpdates(rowsOf(log).map(({ data }) => data)),
  read: readLog,
  condense: (log) => {
    const condensed = condenseLog(log)
    return { ...condensed, opening: openUpdates([condensed.state]) }
  },
}
