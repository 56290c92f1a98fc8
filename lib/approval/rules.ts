import { canItem, type ItemFacts, type ItemPhase, type Subject } from '@/lib/identity/rules.ts'
import type { ApprovalView, ItemStatus } from './schema.ts'

/** Who must approve an item: chair and vice-chair, one of them, or the chair. */
export const approvalRules = ['both', 'either', 'chair'] as const

/** One of `approvalRules`. */
export type ApprovalRule = (typeof approvalRules)[number]

/** A seat in the chairmanship, as the membership's row has it; who has none has no say in approval. */
export type Position = 'chair' | 'viceChair'

/** A filled seat; `recusedFrom` holds the ids of the items its holder is disqualified from. */
export type Seat = { position: Position; recusedFrom: readonly string[] }

/** The positions that decide on an item: those of who is not disqualified from it. */
export function chairmanshipOf(seats: readonly Seat[], itemId: string): Position[] {
  const free = seats.filter(({ recusedFrom }) => !recusedFrom.includes(itemId))
  return [...new Set(free.map(({ position }) => position))]
}

/** One act of one person of the chairmanship on one exact text. */
export type Verdict = {
  userId: string
  position: Position
  verdict: 'approved' | 'returned' | 'withdrawn'
  contentHash: string
  /** Said by the vice-chair for the chair as well, as the stand-in of that moment. */
  forChair: boolean
  at: Date
}

/** What decides where an item stands. `verdicts` holds every act on it, the oldest first. */
export type ApprovalFacts = {
  submittedAt: Date | null
  contentHash: string
  rule: ApprovalRule
  /** Positions of the chairmanship that are filled now, within their term. */
  chairmanship: readonly Position[]
  /** Does the vice-chair act for the chair today? */
  isStoodIn: boolean
  verdicts: readonly Verdict[]
}

/**
 * Where an item stands, which positions are still asked (in place of a chair stood in for, the vice-chair), and the last
 * word of each person that gave one.
 */
export type Standing<V extends Verdict = Verdict> = {
  status: ItemStatus
  missing: Position[]
  verdicts: (V & { stands: boolean })[]
}

/** The last verdict of each person, without those taken back, in the order they were given. */
export function latestVerdicts<V extends Verdict>(verdicts: readonly V[]): V[] {
  const latest = new Map<string, V>()
  for (const verdict of verdicts) {
    latest.delete(verdict.userId)
    latest.set(verdict.userId, verdict)
  }
  return [...latest.values()].filter(({ verdict }) => verdict !== 'withdrawn')
}

/**
 * Where an item stands, derived anew from its verdicts and its present words, so that nothing has to be updated when
 * words change. An approval stands while the words are those it was given to: it lapses when they differ and stands
 * again when they are restored, and it keeps standing when the person's term ends. A return stands, whatever happens
 * to the words and whoever else approves, until the item is sent to review again, or the person approves or takes it
 * back; so nothing goes out over an open no.
 */
export function standingOf<V extends Verdict>(
  facts: Omit<ApprovalFacts, 'verdicts'> & { verdicts: readonly V[] },
): Standing<V> {
  const verdicts = latestVerdicts(facts.verdicts).map((verdict) => ({
    ...verdict,
    stands: stands(verdict, facts),
  }))
  const missing = missingPositions(facts, verdicts)
  return { status: statusOf(facts, verdicts, missing), missing, verdicts }
}

type Judged = Verdict & { stands: boolean }

function stands(verdict: Verdict, facts: Omit<ApprovalFacts, 'verdicts'>): boolean {
  if (verdict.verdict === 'approved') return verdict.contentHash === facts.contentHash
  return facts.submittedAt !== null && verdict.at > facts.submittedAt
}

function missingPositions(facts: Omit<ApprovalFacts, 'verdicts'>, verdicts: readonly Judged[]): Position[] {
  if (!facts.submittedAt) return []
  const given = new Set(verdicts.filter(isStandingApproval).flatMap(spokenFor))
  if (facts.rule === 'either' && given.size > 0) return []
  const wanted = [...new Set(facts.chairmanship)].filter(
    (position) => counts(facts.rule, position) && !given.has(position),
  )
  return wanted.length > 0 && isStandIn('viceChair', facts) ? ['viceChair'] : wanted
}

/** The seats a verdict speaks for: its own, and the chair's where it was given for the chair. */
function spokenFor({ position, forChair }: Verdict): Position[] {
  return forChair ? [position, 'chair'] : [position]
}

/** Does who holds this seat speak for the chair as well today? */
export function isStandIn(
  position: Position,
  { chairmanship, isStoodIn }: Pick<ApprovalFacts, 'chairmanship' | 'isStoodIn'>,
): boolean {
  return isStoodIn && position === 'viceChair' && chairmanship.includes('viceChair')
}

function statusOf(
  facts: Omit<ApprovalFacts, 'verdicts'>,
  verdicts: readonly Judged[],
  missing: readonly Position[],
): ItemStatus {
  if (!facts.submittedAt) return 'draft'
  if (verdicts.some(({ verdict, stands }) => verdict === 'returned' && stands)) return 'returned'
  // A body without a chairmanship asks nobody, but nobody's yes is not a yes.
  const isGiven = verdicts.some(
    (verdict) =>
      isStandingApproval(verdict) && spokenFor(verdict).some((position) => counts(facts.rule, position)),
  )
  if (missing.length === 0 && isGiven) return 'approved'
  return verdicts.some(({ verdict, stands }) => verdict === 'approved' && !stands) ? 'lapsed' : 'inReview'
}

/** Does a yes from this seat count? Where the chair alone approves, the vice-chair's is kept and asked of nobody. */
function counts(rule: ApprovalRule, position: Position): boolean {
  return rule !== 'chair' || position === 'chair'
}

function isStandingApproval({ verdict, stands }: Judged): boolean {
  return verdict === 'approved' && stands
}

/** A person's wish to approve or return, with what the server knows at that moment. */
export type WishedVerdict = {
  subject: Subject
  position: Position | null
  item: ItemFacts
  verdict: 'approved' | 'returned'
  /** The content hash the person had before their eyes, and the one the server computed just now. */
  seenHash: string
  currentHash: string
  reason: string
}

/** Why a verdict is not taken, as an error code; `stale-content` is answered with the present words instead. */
export type Refusal =
  | 'not-found'
  | 'agenda-frozen'
  | 'approval-not-submitted'
  | 'forbidden'
  | 'reason-missing'
  | 'stale-content'

/**
 * May this verdict be given to these words? Rights come first, so that nobody learns of an item or of its changes by
 * asking; a person without a position in the chairmanship has no say whatever the role.
 */
export function judgeApproval(wish: WishedVerdict): { ok: true } | { ok: false; reason: Refusal } {
  const reason = refusalOf(wish)
  return reason ? { ok: false, reason } : { ok: true }
}

function refusalOf({ subject, position, item, verdict, ...wish }: WishedVerdict): Refusal | null {
  if (!canItem(subject, 'read', item)) return 'not-found'
  if (subject?.role !== 'chair' || !position) return 'forbidden'
  if (!isDecidedOn(item.phase)) return 'agenda-frozen'
  if (item.phase === 'draft') return 'approval-not-submitted'
  if (!canItem(subject, 'approve', item)) return 'forbidden'
  if (verdict === 'returned' && !wish.reason.trim()) return 'reason-missing'
  return wish.seenHash === wish.currentHash ? null : 'stale-content'
}

/** Is an item in this phase still decided on? What was sent stands as it was, whoever has not said yes to it. */
export function isDecidedOn(phase: ItemPhase): boolean {
  return phase !== 'frozen' && phase !== 'withheld'
}

/** Is there anything to send: a draft, or an item that was returned and is answered by sending it again? */
export function canBeSubmitted(status: ItemStatus): boolean {
  return status === 'draft' || status === 'returned'
}

/** Does the item wait for this person: their position is asked and they have no open return on it? */
export function waitsFor(
  me: { userId: string; position: Position },
  item: {
    missing: readonly Position[]
    approvals: readonly Pick<ApprovalView, 'userId' | 'verdict' | 'stands'>[]
  },
): boolean {
  const returned = item.approvals.some(
    ({ userId, verdict, stands }) => userId === me.userId && verdict === 'returned' && stands,
  )
  return item.missing.includes(me.position) && !returned
}

/** A moment for a new act that comes after all others on the item, also where two machines' clocks differ. */
export function momentAfter(now: Date, ...others: (Date | null | undefined)[]): Date {
  const last = Math.max(...others.map((other) => (other ? other.getTime() + 1 : 0)), 0)
  return new Date(Math.max(now.getTime(), last))
}
