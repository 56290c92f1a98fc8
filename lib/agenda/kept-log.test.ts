import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createState, emptyContent, metaMap } from './doc.ts'
import { checksumHex } from './hash.ts'
import { condenseLog, DamagedRowError, type KeptLog, mergeLog, packLog, readLog, rowsOf } from './kept-log.ts'

/** An item's first state, and behind it one update for each case number somebody writes. */
function updatesOf(...caseNumbers: string[]): Uint8Array[] {
  const doc = new Y.Doc()
  const updates = [createState({ ...emptyContent, title: 'Kollektiv trafik' })]
  for (const update of updates) Y.applyUpdate(doc, update)
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const caseNumber of caseNumbers) metaMap(doc).set('caseNumber', caseNumber)
  return updates
}

/** The same log after its first rows were merged into a snapshot. */
function compacted(log: KeptLog, count: number): KeptLog {
  const rows = rowsOf(log)
  const snapshot = Y.mergeUpdates(rows.slice(0, count).map(({ data }) => data))
  const later = rows.slice(count)
  return {
    ...packLog(
      log.documentId,
      later.map(({ data }) => data),
    ),
    seqs: later.map(({ seq }) => seq).join(),
    snapshot,
    upToSeq: String(count),
    snapshotChecksum: checksumHex(snapshot),
  }
}

const log = packLog('document', updatesOf('SAG-1', 'SAG-2', 'SAG-3'))

describe('rows', () => {
  test('come in their order with their bytes, the snapshot first', () => {
    const updates = updatesOf('SAG-1', 'SAG-2')
    expect(rowsOf(packLog('document', updates))).toEqual(
      updates.map((data, at) => ({ kind: 'update', seq: BigInt(at + 1), data, userId: null })),
    )
    expect(rowsOf(compacted(log, 3)).map(({ kind, seq }) => [kind, seq])).toEqual([
      ['snapshot', 3n],
      ['update', 4n],
    ])
  })

  const flip = (bytes: Uint8Array | null, at: number) =>
    bytes?.map((byte, i) => (i === at ? byte ^ 1 : byte)) ?? null
  const withSnapshot = compacted(log, 2)
  test.each<[string, KeptLog, string]>([
    ['a bit of the first update', { ...log, updates: flip(log.updates, 0) }, 'update 1'],
    ['a bit of the last', { ...log, updates: flip(log.updates, (log.updates?.length ?? 0) - 1) }, 'update 4'],
    ['a missing end', { ...log, updates: log.updates?.slice(0, -1) ?? null }, 'update 4'],
    [
      'a missing checksum',
      { ...log, checksums: log.checksums?.split(',').slice(0, 3).join() ?? null },
      'update 4',
    ],
    ['a bit of the snapshot', { ...withSnapshot, snapshot: flip(withSnapshot.snapshot, 9) }, 'snapshot'],
    ['a snapshot without checksum', { ...withSnapshot, snapshotChecksum: null }, 'snapshot'],
    ['nothing at all', { ...log, rows: 0, updates: null, lengths: null, seqs: null }, 'log'],
  ])('damage is found: %s', (_, damaged, row) => {
    const error = new DamagedRowError('document', row)
    for (const work of [rowsOf, mergeLog, readLog, condenseLog]) expect(() => work(damaged)).toThrow(error)
  })
})

describe('reading', () => {
  test('says what a document says, or said before a row', () => {
    const said = (before: bigint | null) => readLog(log, before)
    expect(said(null)).toMatchObject({
      lastSeq: 4n,
      content: { title: 'Kollektiv trafik', caseNumber: 'SAG-3' },
    })
    expect(said(3n)).toMatchObject({ lastSeq: 2n, content: { caseNumber: 'SAG-1' } })
    expect(said(2n)).toMatchObject({ lastSeq: 1n, content: { caseNumber: '' } })
    expect(said(1n)).toBeNull()
  })

  test('can’t say what was before a row that was merged', () => {
    expect(readLog(compacted(log, 3), 3n)).toBeNull()
    expect(readLog(compacted(log, 2), 3n)).toMatchObject({ content: { caseNumber: 'SAG-1' } })
  })
})

describe('condensing', () => {
  test('keeps every word, smaller, with its checksum and last row', () => {
    const { state, checksum, lastSeq } = condenseLog(log)
    expect(state.length).toBeLessThan(log.updates?.length ?? 0)
    expect(Buffer.from(checksum).toString('hex')).toBe(checksumHex(state))
    expect(lastSeq).toBe(4n)
    expect(readLog(packLog('document', [state]))?.content).toEqual(readLog(log)?.content)
  })

  test('knows whose the clients are: who sent them first, and nobody of the first state', () => {
    const [first, ...later] = updatesOf('SAG-1', 'SAG-2')
    const client = [...Y.parseUpdateMeta(later[0] ?? new Uint8Array()).from.keys()]
    const sent = { ...packLog('document', [first ?? new Uint8Array(), ...later]), users: 'one,one,other' }
    expect([...condenseLog(sent).writers]).toEqual(client.map((number) => [number, 'one']))
    expect([...condenseLog({ ...sent, users: ',,other' }).writers]).toEqual(
      client.map((number) => [number, 'other']),
    )
  })
})
