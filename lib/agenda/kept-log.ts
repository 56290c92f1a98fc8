import { clientsOf } from './authors.ts'
import { type ItemContent, readState } from './doc.ts'
import { checksum, checksumHex } from './hash.ts'
import { condense, mergeUpdates } from './merge.ts'

/*
 * What is kept of a document, in one piece as the database hands it over, and what is made of that. To check and merge
 * the rows of a long log takes milliseconds in which nobody's words are passed on, so all of it is pure and is done in
 * a thread where one is at hand.
 */

/** All that is kept of a document: its snapshot, if it has one, and its log; one column for each of a row's. */
export type KeptLog = {
  documentId: string
  snapshot: Uint8Array | null
  upToSeq: string | null
  /** In hex. */
  snapshotChecksum: string | null
  /** How many rows the log has; of none the columns are null. */
  rows: number
  /** The rows' bytes, one behind the other in the order of `seqs`; the other columns have commas between. */
  updates: Uint8Array | null
  lengths: string | null
  checksums: string | null
  seqs: string | null
  users: string | null
}

/** A row of a log, or the snapshot. */
export type LogRow = {
  kind: 'update' | 'snapshot'
  seq: bigint
  data: Uint8Array
  userId: string | null
}

/** A stored row's bytes are not those that were written: nothing is read from its document until it is mended. */
export class DamagedRowError extends Error {
  readonly documentId: string
  constructor(documentId: string, row: string) {
    super(`The ${row} of document ${documentId} is damaged`)
    this.name = 'DamagedRowError'
    this.documentId = documentId
  }
}

/** The rows in the order they came, the snapshot first, each checked. Throws DamagedRowError. */
export function rowsOf(log: KeptLog): LogRow[] {
  const { documentId, snapshot, upToSeq, snapshotChecksum } = log
  const rows: LogRow[] = []
  if (snapshot && upToSeq !== null) {
    check(snapshot, snapshotChecksum, { documentId, row: 'snapshot' })
    rows.push({ kind: 'snapshot', seq: BigInt(upToSeq), data: snapshot, userId: null })
  }
  rows.push(...updatesOf(log))
  // A kept document has at least its first state; nothing at all would show, and be overwritten, as an empty one.
  if (rows.length === 0) throw new DamagedRowError(documentId, 'log')
  return rows
}

function updatesOf({ documentId, updates, lengths, checksums, seqs, users }: KeptLog): LogRow[] {
  if (!updates || lengths === null || seqs === null) return []
  const [sizes, kept, authors] = [lengths.split(','), checksums?.split(',') ?? [], users?.split(',') ?? []]
  let end = 0
  return seqs.split(',').map((seq, at) => {
    const from = end
    end += Number(sizes[at])
    const data = updates.subarray(from, end)
    check(data, kept[at], { documentId, row: `update ${seq}` })
    return { kind: 'update', seq: BigInt(seq), data, userId: authors[at] || null }
  })
}

function check(
  data: Uint8Array,
  kept: string | null | undefined,
  { documentId, row }: { documentId: string; row: string },
): void {
  if (checksumHex(data) !== kept) throw new DamagedRowError(documentId, row)
}

/** A document's whole state as one Yjs update (v1), and the last row in it. */
export type MergedLog = { state: Uint8Array<ArrayBuffer>; lastSeq: bigint }

/** Merges all that is kept. Throws DamagedRowError. */
export function mergeLog(log: KeptLog): MergedLog {
  return merged(rowsOf(log), mergeUpdates)
}

type Merge = (updates: Uint8Array[]) => Uint8Array<ArrayBuffer>

function merged(rows: readonly LogRow[], merge: Merge): MergedLog {
  const last = rows.at(-1)
  if (!last) throw new Error('There is nothing to merge')
  return { state: merge(rows.map(({ data }) => data)), lastSeq: last.seq }
}

/** A document's whole state, and whose its clients of Yjs are, by number, as far as its log tells. */
export type AuthoredLog = MergedLog & { writers: Map<number, string> }

/** Merges all that is kept and tells who brought it. Throws DamagedRowError. */
export function authoredLog(log: KeptLog): AuthoredLog {
  return authored(rowsOf(log), mergeUpdates)
}

function authored(rows: readonly LogRow[], merge: Merge): AuthoredLog {
  return { ...merged(rows, merge), writers: writersOf(rows) }
}

/** What a document says, and as of which state. */
export type ReadLog = MergedLog & { content: ItemContent }

/**
 * Reads what a document says, or what it said before a row, which is null where the log was merged past that since.
 * Throws DamagedRowError.
 */
export function readLog(log: KeptLog, before: bigint | null = null): ReadLog | null {
  const rows = rowsOf(log)
  const earlier = before === null ? rows : rows.filter(({ seq }) => seq < before)
  const isMergedPast = before !== null && rows.some(({ kind, seq }) => kind === 'snapshot' && seq >= before)
  if (earlier.length === 0 || isMergedPast) return null
  const { state, lastSeq } = merged(earlier, mergeUpdates)
  return { state, lastSeq, content: readState(state) }
}

/** What a log comes to: the smallest update that says all of it, how to know it again, and whose its clients are. */
export type CondensedLog = AuthoredLog & { checksum: Uint8Array }

/** Condenses all that is kept. Throws DamagedRowError. */
export function condenseLog(log: KeptLog): CondensedLog {
  const condensed = authored(rowsOf(log), condense)
  return { ...condensed, checksum: checksum(condensed.state) }
}

/**
 * Whose the clients of Yjs are that brought words: who sent them first, as a later one can only pass them on. What a
 * document began with came from elsewhere (an import, a copy, the generation before), so its first row tells of no
 * author.
 */
function writersOf(rows: readonly LogRow[]): Map<number, string> {
  const sent = rows.filter(({ kind, userId }, at) => kind === 'update' && at > 0 && userId !== null)
  const writers = new Map<number, string>()
  for (const [at, clients] of clientsOf(sent.map(({ data }) => data)).entries()) {
    const userId = sent[at]?.userId
    for (const client of clients) if (userId && !writers.has(client)) writers.set(client, userId)
  }
  return writers
}

/** Packs the updates of a document, the first with number 1 and all of nobody, as the database would. */
export function packLog(documentId: string, updates: readonly Uint8Array[]): KeptLog {
  return {
    documentId,
    snapshot: null,
    upToSeq: null,
    snapshotChecksum: null,
    rows: updates.length,
    updates: new Uint8Array(Buffer.concat(updates)),
    lengths: updates.map(({ length }) => length).join(),
    checksums: updates.map(checksumHex).join(),
    seqs: updates.map((_, at) => at + 1).join(),
    users: updates.map(() => '').join(),
  }
}
