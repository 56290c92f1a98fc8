import * as Y from 'yjs'
import { metaMap } from '@/lib/agenda/doc.ts'
import { append } from '@/lib/agenda/doc-store.ts'
import { db } from '@/lib/db.ts'
import { closeCodes } from '@/lib/sync/close-codes.ts'
import { checkDurable, settled, Violation } from '../checker.ts'
import type { Fault, Figures, Scene } from '../fault.ts'
import type { Site } from '../site.ts'
import { pause } from '../typing.ts'

/** Fault 24: a stored row is damaged. */
export const corrupt: Fault = {
  name: 'corrupt',
  number: 24,
  about:
    'Bytes of stored updates and snapshots are flipped: the document is refused with "try again", never empty, the log says so, others open, and mended it opens whole.',
  stores: ['postgresql'],
  short: { times: 6 },
  long: { times: 300 },
  run,
}

async function run({ open, scale }: Scene): Promise<Figures> {
  const site = await open({ keepFor: 0, compactAfter: 1000 })
  let alarms = 0
  for (let at = 0; at < scale.times; at++) alarms += await damage(site, at)
  return {
    damaged: scale.times,
    refused: scale.times,
    'shown empty': 0,
    alarms,
    'whole once mended': scale.times,
  }
}

type Row = { table: 'update' | 'snapshot'; key: bigint | string; data: Uint8Array<ArrayBuffer> }

async function damage(site: Site, at: number): Promise<number> {
  const { below } = site
  const { id, documentId } = await site.item()
  const typist = site.typist(id).come()
  await settled([typist])
  for (let word = 0; word < 5; word++) typist.write()
  await settled([typist])
  // It goes home, and its log becomes a snapshot; a row that came since stands beside it.
  typist.close()
  await untilCompacted(documentId)
  const stored = await site.stored(id)
  const before = Y.encodeStateVector(stored)
  metaMap(stored).set('caseNumber', 'SAG-1')
  const data = Y.encodeStateAsUpdate(stored, before)
  await append(db(), [{ itemId: id, generation: 1, documentId, data, userId: null }])
  const rows = await rowsOf(documentId)
  const row = rows[below(rows.length)]
  if (!row) throw new Error('Nothing is stored')
  const flipped = row.data.slice()
  const where = below(flipped.length)
  flipped[where] = (flipped[where] ?? 0) ^ (1 << below(8))
  await write(documentId, { ...row, data: at % 3 === 2 ? flipped.slice(0, where) : flipped })
  const reader = site.typist(id, { patience: 50 }).come()
  await reader.until(({ closes }) => closes.length > 0)
  const { closes, doc } = reader
  if (doc.store.clients.size > 0 || closes.some((code) => code !== closeCodes.tryAgain))
    throw new Violation('A damaged document was opened', { closes })
  const other = site.typist(site.agenda.item.id).come()
  await settled([other])
  other.close()
  await write(documentId, row)
  await reader.until((one) => one.isConnected)
  reader.leave()
  checkDurable(await site.stored(id), [typist])
  if (metaMap(reader.doc).get('caseNumber') !== 'SAG-1') throw new Violation('Mended and not whole', {})
  const isAlarmed = site.server.log.includes(`of document ${documentId} is damaged`)
  if (!isAlarmed) throw new Violation('Nobody was alarmed', { log: site.server.log.slice(-300) })
  return 1
}

async function untilCompacted(documentId: string): Promise<void> {
  while ((await db().documentUpdate.count({ where: { documentId } })) > 0) await pause(5)
}

async function rowsOf(documentId: string): Promise<Row[]> {
  const updates = await db().documentUpdate.findMany({ where: { documentId } })
  const snapshot = await db().documentSnapshot.findUnique({ where: { documentId } })
  return [
    ...updates.map(({ seq, data }): Row => ({ table: 'update', key: seq, data })),
    ...(snapshot ? [{ table: 'snapshot' as const, key: documentId, data: snapshot.data }] : []),
  ]
}

async function write(documentId: string, { table, key, data }: Row): Promise<void> {
  if (table === 'snapshot') await db().documentSnapshot.update({ where: { documentId }, data: { data } })
  else if (typeof key === 'bigint') await db().documentUpdate.update({ where: { seq: key }, data: { data } })
}
