import { type Db, db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { canBody, canItem, type ItemAct, type ItemFacts, knowsItem } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import { createState, emptyContent, type ItemContent, readState } from './doc.ts'
import { createDocument, lockDocument, project, readDocumentsSince } from './doc-store.ts'
import { contentHash, sha256 } from './hash.ts'
import type { Prose } from './prose.ts'
import type { ItemFrame } from './rules.ts'
import { type AgendaView, contentSchema, proseSchema } from './schema.ts'
import * as store from './store.ts'
import * as versions from './version-store.ts'
import { itemFacts, type ViewedAgenda, viewAgenda } from './view.ts'

/** An item with the facts that decide rights to it. */
export type JudgedItem = {
  id: string
  bodyId: string
  meetingId: string
  facts: ItemFacts
  generation: number
  contentHash: string
}

/** The exact words of an item at this moment of a transaction, with its document locked until the transaction ends. */
export type ExactItem = {
  itemId: string
  bodyId: string
  meetingId: string
  facts: ItemFacts
  submittedAt: Date | null
  content: ItemContent
  frame: ItemFrame
  contentHash: string
  /** All of the document as one Yjs update. */
  state: Uint8Array<ArrayBuffer>
  generation: number
  documentId: string
  /** The last entry of the document's log. */
  lastSeq: bigint
  /** The version it was last sent with, and the generation of its document then; null for what was never sent. */
  sent: { versionId: string; generation: number } | null
}

/** The words of an item that a conversation is anchored in. */
export type AnchoredWords = Pick<ExactItem, 'state' | 'generation' | 'contentHash'>

/** Reads an agenda as the actor may see it. Throws not-found also where it exists but may not be known. */
export async function loadAgenda(actor: Actor | null, meetingId: string): Promise<AgendaView> {
  const rows = await store.findAgenda(db(), meetingId)
  const subject = rows && subjectIn(actor, rows.bodyId)
  if (!rows || !canBody(subject, 'readAgenda')) throw new AppError('not-found')
  return viewAgenda(viewed(rows), subject)
}

function viewed(rows: store.AgendaRows): ViewedAgenda {
  return {
    meeting: {
      id: rows.id,
      startsAt: rows.startsAt,
      place: rows.place,
      state: rows.state,
      revision: rows.revision,
      editionCount: rows.editionCount,
      lastSection: rows.lastSection,
    },
    body: { id: rows.body.id, slug: rows.body.slug, name: rows.body.name },
    preface: rows.preface === null ? null : proseSchema.parse(rows.preface),
    sections: rows.sections.map((section) => ({
      id: section.id,
      frozenNumber: section.frozenNumber,
      lastItem: section.lastItem,
      title: section.title,
      items: section.items.map((item) => ({
        id: item.id,
        frozenNumber: item.frozenNumber,
        sentVersionId: item.sentVersionId,
        lateReason: item.lateReason,
        title: item.title,
        visibility: item.visibility,
        publicTitle: item.publicTitle,
        closedReason: item.closedReason,
        generation: item.generation,
        submittedAt: item.submittedAt,
        content: contentSchema.parse(item.content),
        contentHash: item.contentHash,
        contentAt: item.contentAt,
        movedFrom: item.movedFrom,
        copiedFrom: item.copiedFrom,
        annexes: item.annexes.map(({ id, title, url, fileName, contentType, size }) => ({
          id,
          title,
          url,
          fileName,
          contentType,
          size,
        })),
      })),
    })),
  }
}

/** The items of an agenda whose words the actor may read, in agenda order, with what other rooms ask about them. */
export async function readableItems(actor: Actor | null, meetingId: string) {
  const { items, subject, ...agenda } = await agendaItems(actor, meetingId)
  return { ...agenda, items: items.filter((item) => canItem(subject, 'read', item.facts)) }
}

/**
 * The items of an agenda the actor may know, by their words as they are or as they were sent. `sent` is what was sent
 * of an item whose present words the actor may not read, and `contentHash` is null for it.
 */
export async function knownItems(actor: Actor | null, meetingId: string) {
  const { bodyId, items, subject } = await agendaItems(actor, meetingId)
  const known = items.filter(({ facts }) => knowsItem(subject, facts))
  return {
    bodyId,
    items: known.map(({ id, facts, generation, sentVersionId, sentGeneration, contentHash: hash }) => ({
      id,
      facts,
      contentHash: canItem(subject, 'read', facts) ? hash : null,
      generation: canItem(subject, 'read', facts) ? generation : (sentGeneration ?? generation),
      sent: canItem(subject, 'read', facts) ? null : sentVersionId,
    })),
  }
}

async function agendaItems(actor: Actor | null, meetingId: string) {
  const rows = await store.findAgenda(db(), meetingId)
  const subject = rows && subjectIn(actor, rows.bodyId)
  if (!rows || !canBody(subject, 'readAgenda')) throw new AppError('not-found')
  const items = rows.sections
    .flatMap((section) => section.items)
    .map((item) => ({ ...item, facts: itemFacts(item, rows) }))
    .map(({ id, facts, submittedAt, title, contentHash, contentAt, generation, content, ...item }) => ({
      id,
      facts,
      submittedAt,
      sentVersionId: item.sentVersionId,
      sentGeneration: item.sentGeneration,
      title,
      content: contentSchema.parse(content),
      frame: frameOf(item),
      contentHash,
      contentAt,
      generation,
    }))
  return { bodyId: rows.bodyId, approvalRule: rows.body.approvalRule, items, subject }
}

/** The item, if the actor may do this with it: not-found when they may not even read it, forbidden when not the act. */
export async function itemFor(actor: Actor, itemId: string, act: ItemAct): Promise<JudgedItem> {
  return judged(await liveItem(db(), itemId), actor, act)
}

/** Reads an item that is not deleted. Throws not-found. */
export async function liveItem(handle: Db, itemId: string): Promise<store.ItemRow> {
  const item = await store.findItem(handle, itemId)
  if (!item || item.deletedAt || item.section.deletedAt) throw new AppError('not-found')
  return item
}

/** The item as judged for one act: not-found when the actor may not even know it, forbidden when not the act. */
export function judged(item: store.ItemRow, actor: Actor, act: ItemAct): JudgedItem {
  const known = judgedKnown(item, actor)
  if (canItem(subjectIn(actor, known.bodyId), act, known.facts)) return known
  throw new AppError(act === 'read' ? 'not-found' : refusal(known.facts, act))
}

/** The item, if the actor may know it by its words as they are or as they were sent. Throws not-found. */
export function judgedKnown(item: store.ItemRow, actor: Actor): JudgedItem {
  const { bodyId, id: meetingId } = item.meeting
  const facts = itemFacts(item, item.meeting)
  if (!knowsItem(subjectIn(actor, bodyId), facts)) throw new AppError('not-found')
  return { id: item.id, bodyId, meetingId, facts, generation: item.generation, contentHash: item.contentHash }
}

function refusal({ phase }: ItemFacts, act: ItemAct) {
  return (phase === 'frozen' || phase === 'withheld') && act !== 'comment' ? 'agenda-frozen' : 'forbidden'
}

/** Locks the item's document and reads its exact words from the log. Throws not-found for a deleted item. */
export async function exactItem(tx: Db, itemId: string): Promise<ExactItem> {
  const { generation } = await liveItem(tx, itemId)
  const document = await lockDocument(tx, { itemId, generation })
  // Read again behind the lock: the item may have been closed, opened or deleted while we waited for it.
  const item = await liveItem(tx, itemId)
  if (!document || item.generation !== generation) throw new AppError('stale-content')
  const content = readState(document.state)
  const frame = frameOf(item)
  return {
    itemId,
    bodyId: item.meeting.bodyId,
    meetingId: item.meeting.id,
    facts: itemFacts(item, item.meeting),
    submittedAt: item.submittedAt,
    content,
    frame,
    contentHash: contentHash(content, frame),
    state: document.state,
    generation,
    documentId: document.documentId,
    lastSeq: document.lastSeq,
    sent:
      item.sentVersionId === null
        ? null
        : { versionId: item.sentVersionId, generation: item.sentGeneration ?? generation },
  }
}

/** The words the actor has before their eyes: those of now, or those last sent to who may not read them yet. */
export async function wordsFor(tx: Db, actor: Actor, exact: ExactItem): Promise<AnchoredWords> {
  if (canItem(subjectIn(actor, exact.bodyId), 'read', exact.facts)) return exact
  const sent = exact.sent && (await sentStates(tx, [exact.sent.versionId])).get(exact.sent.versionId)
  if (!exact.sent || !sent) throw new AppError('not-found')
  return { ...sent, generation: exact.sent.generation }
}

/** The states of kept versions as Yjs updates, by version; the caller has judged that they may be read. */
export async function sentStates(
  handle: Db,
  versionIds: string[],
): Promise<Map<string, { state: Uint8Array<ArrayBuffer>; contentHash: string; createdAt: Date }>> {
  const rows = await versions.findVersionStates(handle, versionIds)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** The exact words, once the actor was judged before the lock and behind it: the item may have been sent in between. */
export async function exactItemFor(
  tx: Db,
  actor: Actor,
  { itemId, act }: { itemId: string; act: ItemAct },
): Promise<ExactItem> {
  judged(await liveItem(tx, itemId), actor, act)
  const exact = await exactItem(tx, itemId)
  judged(await liveItem(tx, itemId), actor, act)
  return exact
}

/** What a hash covers of an item outside its document. */
export function frameOf(item: Pick<store.ItemRow, 'visibility' | 'publicTitle' | 'annexes'>): ItemFrame {
  return {
    visibility: item.visibility,
    publicTitle: item.publicTitle,
    annexes: item.annexes.map((annex) => ({ title: annex.title, contentHash: annex.contentHash })),
  }
}

/**
 * An item's documents from one generation on, oldest first: how each began, and how it is or ended. The caller has
 * judged that the item may be read.
 */
export function documentsSince(itemId: string, generation: number) {
  return readDocumentsSince(db(), { itemId, generation })
}

/** Words about to be kept, with where in the log they stand. */
export type KeptWords = Pick<
  ExactItem,
  'itemId' | 'documentId' | 'lastSeq' | 'content' | 'frame' | 'contentHash' | 'state'
>

/** Keeps the exact words for ever, with who wrote since the version before, and answers the version's id. */
export async function keepVersion(
  tx: Db,
  words: KeptWords,
  act: Pick<versions.NewVersion, 'reason' | 'userId' | 'restoredId'> & { name?: string },
): Promise<string> {
  const { itemId, documentId, lastSeq: seq, contentHash: hash, content, frame, state } = words
  const { name, ...why } = act
  const since = await versions.findLastVersion(tx, itemId)
  const writings = await versions.findWritings(tx, { documentId, since, upTo: seq })
  const authors = writings.map(({ userId }) => userId)
  const kept = { itemId, contentHash: hash, content, frame, state, seq, authors }
  const versionId = await versions.insertVersion(tx, { ...kept, ...why })
  if (name && why.userId) await versions.insertName(tx, { versionId, name, userId: why.userId })
  return versionId
}

/** Marks items as sent to review; the approval room judges who may. */
export function markSubmitted(tx: Db, itemIds: string[], at: Date): Promise<void> {
  return store.markSubmitted(tx, itemIds, at)
}

/**
 * An item about to be made, at a 0-based place in its section; `userId` is whom its first words are logged under, or
 * null.
 */
export type ItemDraft = {
  meetingId: string
  sectionId: string
  position: number
  content: ItemContent
  userId: string | null
  /** The item of the body's template it is made from, and what it stands on every agenda for. */
  templateKey?: string
  standing?: 'minutes' | 'next' | null
  copiedFromId?: string
  /** Annexes known by name, with a link where there is one. */
  annexes?: { title: string; url: string | null }[]
}

/** Makes an item with its document and annexes inside a running transaction and answers its id. The caller audits. */
export async function createItem(tx: Db, draft: ItemDraft): Promise<string> {
  const { userId, content, annexes = [], ...place } = draft
  const id = await store.insertItem(tx, { ...place, content: emptyContent, contentHash: '' })
  await createDocument(tx, { itemId: id, generation: 1, state: createState(content), userId })
  for (const { title, url } of annexes) {
    await store.insertAnnex(tx, { itemId: id, title, url, contentHash: sha256(url ?? '') })
  }
  // What pages show is read back from the document: the projection says what it says, not what we meant it to say.
  await project(tx, id)
  return id
}

/** Makes a meeting inside a running transaction and answers its id. The caller judges and audits. */
export function createMeeting(
  tx: Db,
  meeting: { bodyId: string; startsAt: Date; place: string },
): Promise<string> {
  return store.insertMeeting(tx, meeting)
}

/** Puts prose after what already stands before section 1. The caller judges and audits. */
export async function appendPreface(tx: Db, meetingId: string, prose: Prose): Promise<void> {
  await store.lockMeeting(tx, meetingId)
  const present = await store.findPreface(tx, meetingId)
  const blocks = present === null ? [] : proseSchema.parse(present).content
  await store.updatePreface(tx, meetingId, { type: 'doc', content: [...blocks, ...prose.content] })
}

/** Makes a section at the end of a meeting inside a running transaction and answers its id. The caller judges and audits. */
export async function appendSection(
  tx: Db,
  section: { meetingId: string; title: string; templateKey?: string },
): Promise<string> {
  await store.lockMeeting(tx, section.meetingId)
  const order = await store.sectionIds(tx, section.meetingId)
  const id = await store.insertSection(tx, section)
  await store.orderSections(tx, [...order, id])
  return id
}
