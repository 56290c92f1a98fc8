import { type Difference, differenceOf } from '@/lib/agenda/diff.ts'
import type { AgendaView, ItemView } from '@/lib/agenda/schema.ts'
import { itemFor, readableItems } from '@/lib/agenda/service.ts'
import { itemFacts } from '@/lib/agenda/view.ts'
import { db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import {
  canBody,
  canItem,
  type ItemAct,
  type ItemFacts,
  isRecused,
  type Subject,
} from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { changesSince, validAfter } from './rules.ts'
import {
  type EditionChange,
  type EditionView,
  type SentItem,
  sentEditionSchema,
  sentItemSchema,
} from './schema.ts'
import * as store from './store.ts'

type Meeting = NonNullable<Awaited<ReturnType<typeof store.findMeeting>>>
type ItemRow = store.EditionRow['items'][number]

/** What one reader's view is made of. */
type Reading = { subject: Subject; meeting: Meeting; isCurrent: boolean }

/**
 * What was sent of a meeting as the actor may read it: what is valid now, or one edition by its number. Throws
 * not-found, also where nothing was sent yet.
 */
export async function loadEdition(
  actor: Actor,
  meetingId: string,
  number: number | null = null,
): Promise<EditionView> {
  const meeting = await store.findMeeting(db(), meetingId)
  const subject = meeting && subjectIn(actor, meeting.bodyId)
  if (!meeting || !canBody(subject, 'readAgenda')) throw new AppError('not-found')
  const all = await store.readEditions(db(), meetingId)
  const shown = number === null ? all.at(-1) : all.find((edition) => edition.number === number)
  if (!shown) throw new AppError('not-found')
  const until = all.filter((edition) => edition.number <= shown.number)
  const rows = number === null ? validAfter(all) : shown.items
  const reading = { subject, meeting, isCurrent: number === null || shown === all.at(-1) }
  const record = sentEditionSchema.parse(JSON.parse(shown.record))
  const isOffice = canBody(subject, 'openWorkspace')
  return {
    agenda: viewSent({ record, rows, base: baseOf(until) }, reading),
    number,
    editions: all.map(({ number: of, kind, ordinal, createdAt }) => {
      return { number: of, kind, ordinal, at: createdAt.toISOString() }
    }),
    hash: shown.hash,
    reason: isOffice ? record.reason : null,
    changes: changesOf(until, reading),
  }
}

// A supplement has no words of its own before section 1: those of the edition it belongs to stand.
function baseOf(until: store.EditionRow[]) {
  const base = until.findLast(({ kind }) => kind === 'agenda')
  return base ? sentEditionSchema.parse(JSON.parse(base.record)) : null
}

type Sent = {
  record: ReturnType<typeof sentEditionSchema.parse>
  rows: ItemRow[]
  base: ReturnType<typeof baseOf>
}

function viewSent({ record, rows, base }: Sent, reading: Reading): AgendaView {
  const { subject, meeting } = reading
  const items = rows.map((row) => ({ ...readSent(row), view: viewItem(row, reading) }))
  return {
    meeting: {
      id: meeting.id,
      startsAt: record.startsAt,
      place: record.place,
      state: meeting.state,
      revision: meeting.revision,
      editionCount: meeting.editionCount,
      lastSection: meeting.lastSection,
    },
    body: { id: meeting.body.id, slug: meeting.body.slug, name: record.bodyName },
    preface: record.kind === 'agenda' ? record.preface : (base?.preface ?? null),
    sections: record.sections.map(({ id, number, title }) => ({
      id,
      number,
      frozenNumber: number,
      lastItem: 0,
      title,
      items: items.flatMap(({ sectionId, view }) => (sectionId === id ? [view] : [])),
    })),
    may: {
      arrange: false,
      import: false,
      openWorkspace: canBody(subject, 'openWorkspace'),
      approve: subject?.role === 'chair',
      dispatch: canBody(subject, 'dispatchAgenda'),
    },
  }
}

function readSent(row: ItemRow): SentItem {
  return sentItemSchema.parse(JSON.parse(row.record))
}

// Closed then or closed now: either keeps it from who may not read closed items.
function factsOf(row: ItemRow, meeting: Meeting): ItemFacts {
  const { visibility, ...facts } = itemFacts(row.item, meeting)
  return { ...facts, visibility: row.visibility === 'closed' ? 'closed' : visibility }
}

function viewItem(row: ItemRow, { subject, meeting, isCurrent }: Reading): ItemView {
  const facts = factsOf(row, meeting)
  const isGone = row.item.deletedAt !== null || row.item.section.deletedAt !== null
  const may = (act: ItemAct) => isCurrent && !isGone && canItem(subject, act, facts)
  const shared = {
    id: row.itemId,
    number: row.number,
    frozenNumber: row.number,
    visibility: facts.visibility,
    may: {
      write: false,
      submit: false,
      approve: false,
      comment: may('comment'),
      moderate: may('moderate'),
      arrange: false,
    },
  }
  const sent = readSent(row)
  if (!canItem(subject, 'readSent', facts)) {
    const recused = isRecused(subject, row.itemId) && { isRecused: true as const }
    return { ...shared, ...recused, ...unread(sent.frame.publicTitle ?? row.item.publicTitle) }
  }
  return {
    ...shared,
    title: sent.content.title,
    lateReason: sent.lateReason,
    publicTitle: sent.frame.publicTitle,
    closedReason: sent.closedReason,
    generation: row.item.generation,
    submittedAt: row.item.submittedAt?.toISOString() ?? null,
    content: sent.content,
    contentHash: sent.contentHash,
    contentAt: null,
    annexes: sent.annexes.map(({ contentHash: _, ...annex }) => annex),
  }
}

function unread(publicTitle: string | null) {
  return {
    title: publicTitle ?? '',
    publicTitle,
    lateReason: null,
    closedReason: null,
    generation: 0,
    submittedAt: null,
    content: null,
    contentHash: null,
    contentAt: null,
    annexes: [],
  }
}

/** What the last of these editions changed, as far as the reader may read both texts. */
function changesOf(until: store.EditionRow[], { subject, meeting }: Reading): EditionChange[] {
  const last = until.at(-1)
  if (!last || until.length === 1) return []
  const before = new Map(validAfter(until.slice(0, -1)).map((row) => [row.itemId, row]))
  const after = new Map(last.items.map((row) => [row.itemId, row]))
  const compared = (row: ItemRow) => ({ ...row, title: titleFor(row, { subject, meeting }) })
  const past = last.kind === 'supplement' ? [] : [...before.values()].map(compared)
  return changesSince(past, last.items.map(compared)).map((change) => {
    const [was, is] = [before.get(change.itemId), after.get(change.itemId)]
    const isReadable =
      was && is && [was, is].every((row) => canItem(subject, 'readSent', factsOf(row, meeting)))
    return {
      ...change,
      difference: isReadable && change.change === 'changed' ? differenceOf(wordsOf(was), wordsOf(is)) : null,
    }
  })
}

function titleFor(row: ItemRow, { subject, meeting }: Pick<Reading, 'subject' | 'meeting'>): string {
  const sent = readSent(row)
  if (canItem(subject, 'readSent', factsOf(row, meeting))) return sent.content.title
  return sent.frame.publicTitle ?? row.item.publicTitle ?? ''
}

function wordsOf(row: ItemRow) {
  const { content, frame } = readSent(row)
  return { content, frame }
}

/**
 * What changed in an item since it was last sent, for those who may read its working text; null for what was never sent.
 * Throws not-found.
 */
export async function loadSentDifference(actor: Actor, itemId: string): Promise<Difference | null> {
  const { meetingId, bodyId, facts } = await itemFor(actor, itemId, 'read')
  const { items } = await readableItems(actor, meetingId)
  const item = items.find(({ id }) => id === itemId)
  const row = await store.findSentItem(db(), itemId)
  const visibility = row?.visibility === 'closed' ? 'closed' : facts.visibility
  if (!item || !row || !canItem(subjectIn(actor, bodyId), 'readSent', { ...facts, visibility })) return null
  const { content, frame } = sentItemSchema.parse(JSON.parse(row.record))
  return differenceOf({ content, frame }, { content: item.content, frame: item.frame })
}

/** Reads an annex file as it was sent, if the actor may read something it was sent with. Throws not-found. */
export async function readSentAnnex(actor: Actor, annexId: string) {
  const annex = await store.findSentAnnex(db(), annexId)
  if (!annex?.file || !annex.fileName || !annex.contentType) throw new AppError('not-found')
  const { meeting, ...item } = annex.item
  const now = itemFacts(item, meeting)
  const subject = subjectIn(actor, meeting.bodyId)
  const isReadable = annex.editions.some(({ editionItem: { visibility } }) =>
    canItem(subject, 'readSent', { ...now, visibility: visibility === 'closed' ? 'closed' : now.visibility }),
  )
  if (!isReadable) throw new AppError('not-found')
  return { fileName: annex.fileName, contentType: annex.contentType, data: annex.file.data }
}

/** Is there anything that was sent of this meeting, which members read instead of its working text? */
export async function wasSent(actor: Actor, meetingId: string): Promise<boolean> {
  const meeting = await store.findMeeting(db(), meetingId)
  if (!meeting || !canBody(subjectIn(actor, meeting.bodyId), 'readAgenda')) throw new AppError('not-found')
  return meeting.editionCount > 0
}
