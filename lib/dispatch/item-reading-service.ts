import { type Difference, differenceOf, type ExactWords } from '@/lib/agenda/diff.ts'
import { exactItem, keepVersion, knownItems, liveItem, readableItems } from '@/lib/agenda/service.ts'
import { wordsOfHash } from '@/lib/agenda/version-service.ts'
import { itemFacts } from '@/lib/agenda/view.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { canItem, type ItemFacts, knowsItem, readsClosedItems, type Subject } from '@/lib/identity/rules.ts'
import { type Actor, subjectIn } from '@/lib/identity/schema.ts'
import type { ItemReadings } from './schema.ts'
import * as store from './store.ts'

/** Which words of a meeting's items the actor last read, and when, by item. */
export async function loadItemReadings(actor: Actor, meetingId: string): Promise<ItemReadings> {
  const rows = await store.findItemReadings(db(), { userId: actor.userId, meetingId })
  return Object.fromEntries(
    rows.map(({ itemId, contentHash, readAt }) => [itemId, { contentHash, at: readAt.toISOString() }]),
  )
}

/**
 * Notes that the actor has read these words of items of a meeting. Words that are not theirs to read, or no longer those
 * of now and never were sent, are passed over. Throws not-found.
 */
export async function markItemsRead(
  actor: Actor,
  { meetingId, reads }: { meetingId: string; reads: { itemId: string; contentHash: string }[] },
  clock: Clock = systemClock,
): Promise<void> {
  const { bodyId, items } = await knownItems(actor, meetingId)
  const subject = subjectIn(actor, bodyId)
  const facts = new Map(items.map((item) => [item.id, item.facts]))
  const key = (read: { itemId: string; contentHash: string }) => `${read.itemId} ${read.contentHash}`
  const theirs = new Set(
    items.flatMap(({ id, contentHash }) => (contentHash ? key({ itemId: id, contentHash }) : [])),
  )
  for (const sent of await store.findSentHashes(db(), meetingId)) {
    const known = facts.get(sent.itemId)
    if (known && canItem(subject, 'readSent', closedAs(known, sent.visibility))) theirs.add(key(sent))
  }
  const rows = reads.filter((read) => theirs.has(key(read)))
  await store.writeItemReadings(db(), { userId: actor.userId, rows, readAt: clock() })
  const kept = new Set((await store.findKeptHashes(db(), rows)).map(key))
  for (const row of rows) if (!kept.has(key(row))) await keepRead(row)
}

/** Keeps the words of now as a version, so that what changes from here can be shown to who has read them. */
async function keepRead({ itemId, contentHash }: { itemId: string; contentHash: string }): Promise<void> {
  await transaction(async (tx) => {
    const exact = await exactItem(tx, itemId)
    if (exact.contentHash !== contentHash) return
    // Of two who read the same words at once, the one that held the document first has kept them.
    if ((await store.findKeptHashes(tx, [{ itemId, contentHash }])).length > 0) return
    await keepVersion(tx, exact, { reason: 'automatic', userId: null })
  })
}

/** Takes the note that the actor has read an item back. */
export async function markItemUnread(actor: Actor, { itemId }: { itemId: string }): Promise<void> {
  await store.deleteItemReading(db(), { userId: actor.userId, itemId })
}

/**
 * What changed in an item between the words the actor last read and those of a hash, which they have before their eyes;
 * null where the words they read were not kept, or are no longer theirs to read. Throws not-found for words they may
 * not read.
 */
export async function loadReadDifference(
  actor: Actor,
  { itemId, contentHash }: { itemId: string; contentHash: string },
): Promise<Difference | null> {
  const item = await liveItem(db(), itemId)
  const facts = itemFacts(item, item.meeting)
  const subject = subjectIn(actor, item.meeting.bodyId)
  if (!knowsItem(subject, facts)) throw new AppError('not-found')
  const after = await shownWords(actor, { itemId, meetingId: item.meeting.id, contentHash, facts, subject })
  if (!after) throw new AppError('not-found')
  const reading = await store.findItemReading(db(), { userId: actor.userId, itemId })
  const read = reading?.contentHash === contentHash ? reading.beforeHash : reading?.contentHash
  const before = read && (await wordsOfHash(db(), { itemId, contentHash: read }))
  if (!before) return null
  if (before.frame.visibility === 'closed' && !readsClosedItems(subject)) return null
  return differenceOf(before, after)
}

type Shown = {
  itemId: string
  meetingId: string
  contentHash: string
  facts: ItemFacts
  subject: Subject
}

// The words of now to who may read them, else only such as were sent.
async function shownWords(actor: Actor, shown: Shown): Promise<ExactWords | null> {
  const { itemId, meetingId, contentHash, facts, subject } = shown
  const { items } = await readableItems(actor, meetingId)
  const now = items.find(({ id }) => id === itemId)
  if (now?.contentHash === contentHash) return { content: now.content, frame: now.frame }
  const sent = await store.findSentWords(db(), { itemId, contentHash })
  if (!sent) return null
  return canItem(subject, 'readSent', closedAs(facts, sent.frame.visibility)) ? sent : null
}

// Closed then or closed now: either keeps it from who may not read closed items.
function closedAs(facts: ItemFacts, then: 'open' | 'closed'): ItemFacts {
  return then === 'closed' ? { ...facts, visibility: 'closed' } : facts
}
