import { type ExactItem, exactItem, keepVersion, markSubmitted } from '@/lib/agenda/service.ts'
import { type AuditAct, audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import type { TextSelection } from '@/lib/comments/schema.ts'
import { startThreadIn } from '@/lib/comments/service.ts'
import { type Db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membershipNow } from '@/lib/identity/membership-service.ts'
import { canItem } from '@/lib/identity/rules.ts'
import type { Actor, ActorMembership } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { signal } from '@/lib/signals.ts'
import { tellOfApproval, tellOfReturn, tellOfSubmission } from './notice-service.ts'
import * as rules from './rules.ts'
import type { Decision, ItemApprovals } from './schema.ts'
import * as store from './store.ts'
import { type NamedVerdict, viewApprovals } from './view.ts'

export { loadApprovals, loadHistory } from './read-service.ts'

/** An item locked at its exact words, with the actor's membership and all verdicts as they are at that moment. */
type Scene = {
  actor: Actor
  exact: ExactItem
  membership: ActorMembership | null
  body: { rule: rules.ApprovalRule; seats: rules.Seat[]; chairmanship: rules.Position[]; isStoodIn: boolean }
  standInId: string | null
  verdicts: NamedVerdict[]
  now: Date
}

async function enter(tx: Db, actor: Actor, itemId: string, now: Date): Promise<Scene> {
  const exact = await exactItem(tx, itemId)
  const place = { bodyId: exact.bodyId, userId: actor.userId, today: dayOf(now) }
  const membership = await membershipNow(tx, place)
  const { standIn, ...found } = await store.findChairmanship(tx, place)
  const body = { ...found, chairmanship: rules.chairmanshipOf(found.seats, itemId) }
  const verdicts = await store.findVerdicts(tx, [itemId])
  return { actor, exact, membership, body, standInId: standIn?.id ?? null, verdicts, now }
}

/**
 * Sends items to review, or again after a return, which answers it. Each item is its own transaction, so that no one
 * waits for a long one; those already in review are passed over, so that sending twice is sending once.
 */
export async function submit(
  actor: Actor,
  { meetingId, itemIds }: { meetingId: string; itemIds: string[] },
  clock: Clock = systemClock,
): Promise<{ submitted: string[] }> {
  const submitted: string[] = []
  for (const itemId of new Set(itemIds)) {
    const sent = await transaction(async (tx) =>
      submitIn(tx, await enter(tx, actor, itemId, clock()), meetingId),
    )
    if (sent) submitted.push(itemId)
  }
  return { submitted }
}

async function submitIn(tx: Db, scene: Scene, meetingId: string): Promise<boolean> {
  const { actor, exact, membership, verdicts } = scene
  const { itemId, facts } = exact
  if (exact.meetingId !== meetingId || !canItem(membership, 'read', facts)) throw new AppError('not-found')
  if (!rules.isDecidedOn(facts.phase)) throw new AppError('agenda-frozen')
  if (!canItem(membership, 'submit', facts)) throw new AppError('forbidden')
  const { status, verdicts: last } = standing(scene)
  if (!rules.canBeSubmitted(status)) return false
  const versionId = await keepVersion(tx, exact, { reason: 'submitted', userId: actor.userId })
  const at = rules.momentAfter(scene.now, exact.submittedAt, verdicts.at(-1)?.at)
  await markSubmitted(tx, [itemId], at)
  await note(tx, scene, 'item-submitted', { versionId })
  const returnedBy = last
    .filter(({ verdict, stands }) => verdict === 'returned' && stands)
    .map(({ userId }) => userId)
  // By the rights there are from now on: a draft is the secretariat's alone.
  const shared = facts.phase === 'draft' ? { ...exact, facts: { ...facts, phase: 'shared' as const } } : exact
  await tellOfSubmission(tx, { exact: shared, actorId: actor.userId, now: scene.now, versionId, returnedBy })
  // Readers' rights grow with the first review: sockets are judged anew.
  await signal(tx, { kind: 'item-rights-changed', itemId })
  await approvalsChanged(tx, meetingId, 'agenda')
  return true
}

type Wish = { itemId: string; seenHash: string; requestId?: string | undefined }

/**
 * Approves the exact words the person saw. Words that have moved on are not approved but shown. The same `requestId`
 * sent again is the same act.
 */
export function approve(actor: Actor, wish: Wish, clock: Clock = systemClock): Promise<Decision> {
  return decide(actor, { ...wish, verdict: 'approved', reason: '', selection: null }, clock)
}

/**
 * Approves several items a person has read, each bound to the exact words they saw and each in a transaction of its own.
 * Answers a decision for every item, in order: words that have moved on are not approved but shown.
 */
export async function approveRead(
  actor: Actor,
  { wishes }: { wishes: Wish[] },
  clock: Clock = systemClock,
): Promise<{ itemId: string; decision: Decision }[]> {
  const decisions: { itemId: string; decision: Decision }[] = []
  for (const wish of wishes)
    decisions.push({ itemId: wish.itemId, decision: await approve(actor, wish, clock) })
  return decisions
}

/** Returns the item with a reason, which becomes a thread on the words it is about for the secretariat to answer. */
export function returnItem(
  actor: Actor,
  wish: Wish & { reason: string; selection?: TextSelection | null },
  clock: Clock = systemClock,
): Promise<Decision> {
  return decide(actor, { selection: null, ...wish, verdict: 'returned' }, clock)
}

type WishedVerdict = Wish & {
  verdict: 'approved' | 'returned'
  reason: string
  selection: TextSelection | null
}

async function decide(actor: Actor, wish: WishedVerdict, clock: Clock): Promise<Decision> {
  return transaction(async (tx) => {
    const scene = await enter(tx, actor, wish.itemId, clock())
    const decision = await decideIn(tx, scene, wish)
    if (decision.outcome === 'done') await approvalsChanged(tx, scene.exact.meetingId)
    return decision
  })
}

async function decideIn(tx: Db, scene: Scene, wish: WishedVerdict): Promise<Decision> {
  const { exact, membership } = scene
  if (isSent(scene, wish) && canItem(membership, 'read', exact.facts))
    return { outcome: 'done', approvals: view(scene) }
  const position = membership?.position ?? null
  const judgement = rules.judgeApproval({
    subject: membership,
    position,
    item: exact.facts,
    currentHash: exact.contentHash,
    ...wish,
  })
  if (!judgement.ok && judgement.reason === 'stale-content') {
    const { content, frame, contentHash } = exact
    return { outcome: 'stale', current: { content, frame, contentHash } }
  }
  if (!judgement.ok) throw new AppError(judgement.reason)
  if (!position) throw new AppError('forbidden')
  if (isRepeated(scene, { ...wish, position })) return { outcome: 'done', approvals: view(scene) }
  const verdict = await keepVerdict(tx, scene, { ...wish, position })
  return { outcome: 'done', approvals: view({ ...scene, verdicts: [...scene.verdicts, verdict] }) }
}

async function keepVerdict(
  tx: Db,
  scene: Scene,
  { verdict, reason, selection, requestId, position }: WishedVerdict & { position: rules.Position },
): Promise<NamedVerdict> {
  const { actor, exact, verdicts } = scene
  const { itemId, contentHash } = exact
  const at = rules.momentAfter(scene.now, exact.submittedAt, verdicts.at(-1)?.at)
  const versionId = await keepVersion(tx, exact, { reason: verdict, userId: actor.userId })
  const threadId =
    verdict === 'returned'
      ? await startThreadIn(tx, { actor, exact, scope: 'leadership', text: reason, selection, at })
      : null
  const standInId = rules.isStandIn(position, scene.body) ? scene.standInId : null
  const row = await store.insertVerdict(tx, {
    id: requestId,
    itemId,
    userId: actor.userId,
    position,
    verdict,
    contentHash,
    versionId,
    reason: verdict === 'returned' ? reason : null,
    threadId,
    standInId,
    at,
  })
  const spoken = { versionId, position, ...(standInId && { standInId }) }
  await note(tx, scene, verdict === 'approved' ? 'item-approved' : 'item-returned', spoken)
  const tell = verdict === 'returned' ? tellOfReturn : tellOfApproval
  await tell(tx, { exact, verdictId: row.id, actorId: actor.userId, now: scene.now })
  return row
}

/** Takes one's own last verdict back; the row of it stays. Doing it twice is doing it once. */
export async function withdraw(
  actor: Actor,
  { itemId }: { itemId: string },
  clock: Clock = systemClock,
): Promise<ItemApprovals> {
  return transaction(async (tx) => {
    const scene = await enter(tx, actor, itemId, clock())
    const approvals = await withdrawIn(tx, scene)
    await approvalsChanged(tx, scene.exact.meetingId)
    return approvals
  })
}

async function withdrawIn(tx: Db, scene: Scene): Promise<ItemApprovals> {
  const { actor, exact, membership, verdicts } = scene
  if (!canItem(membership, 'read', exact.facts)) throw new AppError('not-found')
  if (!rules.isDecidedOn(exact.facts.phase)) throw new AppError('agenda-frozen')
  if (!canItem(membership, 'approve', exact.facts)) throw new AppError('forbidden')
  const own = rules.latestVerdicts(verdicts).find(({ userId }) => userId === actor.userId)
  if (!own) return view(scene)
  const { itemId, userId, position, contentHash, versionId, standInId } = own
  const at = rules.momentAfter(scene.now, verdicts.at(-1)?.at)
  const kept = {
    itemId,
    userId,
    position,
    contentHash,
    versionId,
    standInId,
    reason: null,
    threadId: null,
    at,
  }
  const row = await store.insertVerdict(tx, { ...kept, id: undefined, verdict: 'withdrawn' })
  await note(tx, scene, 'approval-withdrawn', { versionId, position })
  return view({ ...scene, verdicts: [...verdicts, row] })
}

function standing({ exact, body, verdicts }: Scene) {
  const { submittedAt, contentHash } = exact
  return rules.standingOf({ submittedAt, contentHash, verdicts, ...body })
}

// One press that arrives twice is one act, also when somebody sent the item again or changed it in between.
function isSent({ actor, verdicts }: Scene, { requestId }: WishedVerdict): boolean {
  return verdicts.some(({ id, userId }) => id === requestId && userId === actor.userId)
}

// A second press of the same button says nothing new, unless it now speaks for the chair as well.
function isRepeated(
  scene: Scene,
  { verdict, reason, position }: WishedVerdict & { position: rules.Position },
): boolean {
  const own = standing(scene).verdicts.find(({ userId }) => userId === scene.actor.userId)
  if (!own?.stands || own.verdict !== verdict || own.contentHash !== scene.exact.contentHash) return false
  if (verdict === 'returned') return own.reason === reason
  return own.forChair || !rules.isStandIn(position, scene.body)
}

function view({ exact, body, verdicts, membership, now }: Scene): ItemApprovals {
  const { itemId, facts, submittedAt, contentHash } = exact
  const item = { id: itemId, facts, submittedAt, contentHash, contentAt: now }
  return viewApprovals(item, { verdicts, subject: membership, ...body })
}

function note(tx: Db, { actor, exact }: Scene, act: AuditAct, data: Record<string, string>): Promise<void> {
  const { bodyId, itemId, contentHash } = exact
  return audit(tx, { bodyId, userId: actor.userId, act, subjectId: itemId, data: { contentHash, ...data } })
}

function approvalsChanged(tx: Db, meetingId: string, ...more: 'agenda'[]): Promise<void> {
  const topics = ['approvals' as const, ...more]
  return signal(tx, ...topics.map((what) => ({ kind: 'meeting-changed' as const, meetingId, what })))
}
