import type { Db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { lockDocuments } from './doc-store.ts'
import type { Prose } from './prose.ts'
import { type AgendaView, type AnnexView, proseSchema } from './schema.ts'
import { type ExactItem, exactItem } from './service.ts'
import * as store from './store.ts'

/** An annex with what tells its bytes: the SHA-256 of the file or of the link's address. */
export type ExactAnnex = AnnexView & { contentHash: string }

/** An item at its exact words, with what an edition keeps of it beside them. */
export type AgendaItem = ExactItem & {
  frozenNumber: string | null
  lateReason: string | null
  closedReason: string | null
  annexes: ExactAnnex[]
}

/** A whole agenda at one moment of a transaction: nobody arranges it or writes in it until the transaction ends. */
export type ExactAgenda = {
  meeting: Omit<AgendaView['meeting'], 'startsAt'> & { startsAt: Date }
  body: { id: string; name: string }
  preface: Prose | null
  sections: {
    id: string
    title: string
    frozenNumber: string | null
    lastItem: number
    items: AgendaItem[]
  }[]
}

/** Locks an agenda with all its documents and reads it at its exact words. Throws not-found. The caller judges. */
export async function exactAgenda(tx: Db, meetingId: string): Promise<ExactAgenda> {
  await store.lockMeeting(tx, meetingId)
  const rows = await store.findAgenda(tx, meetingId)
  if (!rows) throw new AppError('not-found')
  await lockDocuments(
    tx,
    rows.sections.flatMap(({ items }) => items.map(({ id }) => id)),
  )
  // Read again behind the locks: an annex or the visibility of an item may have changed while we waited for them.
  const locked = (await store.findAgenda(tx, meetingId)) ?? rows
  const sections = []
  for (const { items: itemRows, ...section } of locked.sections) {
    const items: AgendaItem[] = []
    for (const row of itemRows) items.push(await exactRow(tx, row))
    const { id, title, frozenNumber, lastItem } = section
    sections.push({ id, title, frozenNumber, lastItem, items })
  }
  const { id, startsAt, place, state, revision, editionCount, lastSection, body } = locked
  return {
    meeting: { id, startsAt, place, state, revision, editionCount, lastSection },
    body: { id: body.id, name: body.name },
    preface: locked.preface === null ? null : proseSchema.parse(locked.preface),
    sections,
  }
}

type Row = store.AgendaRows['sections'][number]['items'][number]

async function exactRow(tx: Db, row: Row): Promise<AgendaItem> {
  const { frozenNumber, lateReason, closedReason } = row
  const annexes = row.annexes.map(({ id, title, url, fileName, contentType, size, contentHash }) => {
    return { id, title, url, fileName, contentType, size, contentHash }
  })
  return { ...(await exactItem(tx, row.id)), frozenNumber, lateReason, closedReason, annexes }
}

/** What a dispatch writes on the agenda's own rows: numbers for ever, and the version each item was sent with. */
export type Frozen = {
  meetingId: string
  number: number
  lastSection: number
  sections: { id: string; frozenNumber: string; lastItem: number }[]
  items: { id: string; frozenNumber: string; sentVersionId: string; sentGeneration: number }[]
}

/** Marks an agenda as sent; what was written on towards it is at an end. */
export async function freezeAgenda(tx: Db, frozen: Frozen): Promise<void> {
  const { meetingId, number, lastSection } = frozen
  for (const { id, ...data } of frozen.sections) await store.freezeSection(tx, id, data)
  for (const { id, ...data } of frozen.items) await store.freezeItem(tx, id, data)
  await store.freezeMeeting(tx, meetingId, {
    state: 'dispatched',
    revision: null,
    editionCount: number,
    lastSection,
  })
}

/** Sets what the working text of a sent agenda goes on towards, or that it stands. The caller judges and audits. */
export async function setRevision(
  tx: Db,
  meetingId: string,
  revision: AgendaView['meeting']['revision'],
): Promise<void> {
  await store.freezeMeeting(tx, meetingId, { revision })
}

/** Writes why an item comes after the agenda was sent. The caller judges and audits. */
export async function setLateReason(tx: Db, itemId: string, lateReason: string): Promise<void> {
  await store.freezeItem(tx, itemId, { lateReason })
}
