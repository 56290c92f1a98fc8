import { differenceOf, type ExactWords } from '@/lib/agenda/diff.ts'
import { fieldNames } from '@/lib/agenda/doc.ts'
import { contentSchema, frameSchema } from '@/lib/agenda/schema.ts'
import { itemFor, loadAgenda, readableItems } from '@/lib/agenda/service.ts'
import { mayBringBack } from '@/lib/agenda/version-rules.ts'
import { versionsOf, versionWords } from '@/lib/agenda/version-service.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { canItem } from '@/lib/identity/rules.ts'
import { type Actor, membershipIn, subjectIn } from '@/lib/identity/schema.ts'
import { dayOf, isoDay } from '@/lib/identity/term.ts'
import { historyOf } from './history.ts'
import type { ApprovalsView, Comparison, History, ReviewItem, ReviewView, SinceApproved } from './schema.ts'
import * as store from './store.ts'
import { type NamedVerdict, readsReasons, readsVersion, viewApprovals } from './view.ts'

/** Approval state of all items of a meeting the actor may read, in agenda order. Throws not-found. */
export async function loadApprovals(
  actor: Actor | null,
  meetingId: string,
  clock: Clock = systemClock,
): Promise<ApprovalsView> {
  const { view } = await readAll(actor, meetingId, clock)
  return view
}

async function readAll(actor: Actor | null, meetingId: string, clock: Clock) {
  const { bodyId, items } = await readableItems(actor, meetingId)
  const { standIn, ...body } = await store.findChairmanship(db(), {
    bodyId,
    today: dayOf(clock()),
  })
  const verdicts = await readVerdicts(items.map(({ id }) => id))
  const reader = { ...body, subject: subjectIn(actor, bodyId) }
  const approvals = items.map((item) =>
    viewApprovals(item, { ...reader, verdicts: verdicts.get(item.id) ?? [] }),
  )
  const standInUntil = standIn ? isoDay(standIn.untilDay) : null
  return { bodyId, items, verdicts, view: { rule: body.rule, standInUntil, items: approvals } }
}

async function readVerdicts(itemIds: string[]): Promise<Map<string, NamedVerdict[]>> {
  const byItem = new Map<string, NamedVerdict[]>(itemIds.map((id) => [id, []]))
  for (const verdict of await store.findVerdicts(db(), itemIds)) byItem.get(verdict.itemId)?.push(verdict)
  return byItem
}

/** What waits for one person of the chairmanship, with what changed since their own last approval. */
export async function loadReview(
  actor: Actor,
  meetingId: string,
  clock: Clock = systemClock,
): Promise<ReviewView> {
  const { meeting, body, sections } = await loadAgenda(actor, meetingId)
  const { bodyId, items, verdicts, view } = await readAll(actor, meetingId, clock)
  const position = membershipIn(actor, bodyId)?.position
  if (subjectIn(actor, bodyId)?.role !== 'chair' || !position) throw new AppError('forbidden')
  const shown = new Map(sections.flatMap((section) => section.items).map((item) => [item.id, item]))
  const approvals = new Map(view.items.map((item) => [item.itemId, item]))
  const lastApproved = await readLastApproved(actor.userId, verdicts)
  const review = items.flatMap(({ id, content, frame, contentHash }): ReviewItem[] => {
    const state = approvals.get(id)
    // An item made between the two reads comes with the next one.
    const item = shown.get(id)
    if (!item || !state || state.status === 'draft') return []
    const own = lastApproved.get(id)
    const since = own && own.contentHash !== contentHash ? { at: own.at, words: own.words } : null
    const current = { content, frame, contentHash }
    return [{ id, number: item.number, current, annexes: item.annexes, approvals: state, since }]
  })
  const me = { userId: actor.userId, position }
  const drafts = view.items.filter(({ status }) => status === 'draft').length
  const { rule, standInUntil } = view
  return { meeting, body: { name: body.name }, me, rule, standInUntil, items: review, drafts }
}

/** The words of one person's last approval of each item, taken back or not: what they have read and said yes to. */
async function readLastApproved(userId: string, verdicts: Map<string, NamedVerdict[]>) {
  const own = [...verdicts.values()].flatMap((given) => {
    const last = given.findLast((verdict) => verdict.userId === userId && verdict.verdict === 'approved')
    return last ? [last] : []
  })
  const words = await readVersions(own.map(({ versionId }) => versionId))
  return new Map(
    own.flatMap(({ itemId, versionId, contentHash, at }) => {
      const kept = words.get(versionId)
      return kept ? [[itemId, { contentHash, at: at.toISOString(), words: kept }] as const] : []
    }),
  )
}

async function readVersions(ids: string[]): Promise<Map<string, ExactWords>> {
  const rows = await store.findVersions(db(), ids)
  return new Map(
    rows.map((row) => [
      row.id,
      { content: contentSchema.parse(row.content), frame: frameSchema.parse(row.frame) },
    ]),
  )
}

/** Every act on an item and every version of it, the newest first, for the secretariat and the chairmanship. */
export async function loadHistory(actor: Actor, itemId: string): Promise<History> {
  const { bodyId, facts, contentHash } = await itemFor(actor, itemId, 'read')
  const subject = subjectIn(actor, bodyId)
  if (!readsReasons(subject)) throw new AppError('forbidden')
  const versions = await versionsOf(itemId)
  const verdicts = await store.findVerdicts(db(), [itemId])
  const entries = historyOf(versions, verdicts, {
    reads: (visibility) => readsVersion(subject, visibility),
    bringsBack: (visibility) => mayBringBack(visibility, facts.visibility),
  })
  const may = { name: canItem(subject, 'moderate', facts), write: canItem(subject, 'write', facts) }
  return { entries, contentHash, may }
}

/** An item's words at two moments, each a version's id or `now`, compared for who may read both. */
export async function loadComparison(
  actor: Actor,
  { itemId, from, to }: { itemId: string; from: string; to: string },
): Promise<Comparison> {
  const { bodyId, meetingId } = await itemFor(actor, itemId, 'read')
  const subject = subjectIn(actor, bodyId)
  if (!readsReasons(subject)) throw new AppError('forbidden')
  const wordsAt = async (moment: string): Promise<ExactWords> => {
    if (moment !== 'now') return versionWords(db(), { itemId, versionId: moment })
    const item = (await readableItems(actor, meetingId)).items.find(({ id }) => id === itemId)
    if (!item) throw new AppError('not-found')
    return { content: item.content, frame: item.frame }
  }
  const [before, after] = [await wordsAt(from), await wordsAt(to)]
  if (![before, after].every(({ frame }) => readsVersion(subject, frame.visibility))) {
    throw new AppError('not-found')
  }
  return { difference: differenceOf(before, after, fieldNames) }
}

/** What changed in an item since someone of the chairmanship last approved it, for everyone who may read both texts. */
export async function loadSinceApproved(actor: Actor, itemId: string): Promise<SinceApproved> {
  const { bodyId, meetingId } = await itemFor(actor, itemId, 'read')
  const { items } = await readableItems(actor, meetingId)
  const item = items.find(({ id }) => id === itemId)
  const verdicts = (await readVerdicts([itemId])).get(itemId) ?? []
  const last = verdicts.findLast(({ verdict }) => verdict === 'approved')
  const before = last && (await readVersions([last.versionId])).get(last.versionId)
  if (!item || !last || !before) return null
  if (!readsVersion(subjectIn(actor, bodyId), before.frame.visibility)) return null
  const difference = differenceOf(before, { content: item.content, frame: item.frame })
  return { name: last.name, at: last.at.toISOString(), difference }
}
