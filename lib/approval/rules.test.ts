import { describe, expect, test } from 'vitest'
import {
  type ApprovalFacts,
  judgeApproval,
  latestVerdicts,
  standingOf,
  type Verdict,
  type WishedVerdict,
} from './rules.ts'

const now = 'a'.repeat(64)
const older = 'b'.repeat(64)
const sent = new Date('2019-08-20T08:00:00Z')
const after = (minutes: number) => new Date(sent.getTime() + minutes * 60_000)

/** F and N are chair and vice-chair; S is the vice-chair as the chair's stand-in. */
type Act = [who: 'F' | 'N' | 'S', verdict: Verdict['verdict'], hash: string, minutes?: number]

function verdicts(...acts: Act[]): Verdict[] {
  return acts.map(([who, verdict, contentHash, minutes], index) => ({
    userId: who === 'F' ? 'F' : 'N',
    position: who === 'F' ? 'chair' : 'viceChair',
    forChair: who === 'S',
    verdict,
    contentHash,
    at: after(minutes ?? index + 1),
  }))
}

function facts(change: Partial<ApprovalFacts>): ApprovalFacts {
  return {
    submittedAt: sent,
    contentHash: now,
    rule: 'both',
    chairmanship: ['chair', 'viceChair'],
    isStoodIn: false,
    verdicts: [],
    ...change,
  }
}

const table: [string, Partial<ApprovalFacts>, string, string[]][] = [
  ['not sent', { submittedAt: null }, 'draft', []],
  ['sent, nobody has spoken', {}, 'inReview', ['chair', 'viceChair']],
  ['both: one of two', { verdicts: verdicts(['F', 'approved', now]) }, 'inReview', ['viceChair']],
  [
    'both: two of two',
    { verdicts: verdicts(['F', 'approved', now], ['N', 'approved', now]) },
    'approved',
    [],
  ],
  ['either: one', { rule: 'either', verdicts: verdicts(['N', 'approved', now]) }, 'approved', []],
  ['chair: the chair', { rule: 'chair', verdicts: verdicts(['F', 'approved', now]) }, 'approved', []],
  [
    'chair: the vice-chair',
    { rule: 'chair', verdicts: verdicts(['N', 'approved', now]) },
    'inReview',
    ['chair'],
  ],
  [
    'chair: nobody in the chair, and the vice-chair',
    { rule: 'chair', chairmanship: ['viceChair'], verdicts: verdicts(['N', 'approved', now]) },
    'inReview',
    [],
  ],
  [
    "chair: the vice-chair's open no",
    { rule: 'chair', verdicts: verdicts(['F', 'approved', now], ['N', 'returned', now]) },
    'returned',
    [],
  ],
  [
    'chair: words changed after the yes',
    { rule: 'chair', verdicts: verdicts(['F', 'approved', older]) },
    'lapsed',
    ['chair'],
  ],
  ['either: nobody', { rule: 'either' }, 'inReview', ['chair', 'viceChair']],
  ['both, stood in: nobody, so the vice-chair is asked', { isStoodIn: true }, 'inReview', ['viceChair']],
  [
    'both, stood in: the stand-in says it for two',
    { isStoodIn: true, verdicts: verdicts(['S', 'approved', now]) },
    'approved',
    [],
  ],
  [
    'both, stood in: what was said before counts once',
    { isStoodIn: true, verdicts: verdicts(['N', 'approved', now]) },
    'inReview',
    ['viceChair'],
  ],
  [
    'both, stood in: the chair said yes all the same',
    { isStoodIn: true, verdicts: verdicts(['F', 'approved', now]) },
    'inReview',
    ['viceChair'],
  ],
  [
    'both, the stand-in over: what it said stands',
    { verdicts: verdicts(['S', 'approved', now]) },
    'approved',
    [],
  ],
  [
    'both, the stand-in over, words changed: the chair is asked again',
    { verdicts: verdicts(['S', 'approved', older]) },
    'lapsed',
    ['chair', 'viceChair'],
  ],
  ['chair, stood in: the vice-chair is asked', { rule: 'chair', isStoodIn: true }, 'inReview', ['viceChair']],
  [
    'chair, stood in: the stand-in',
    { rule: 'chair', isStoodIn: true, verdicts: verdicts(['S', 'approved', now]) },
    'approved',
    [],
  ],
  [
    'stood in by nobody: the chair is asked',
    { isStoodIn: true, chairmanship: ['chair'] },
    'inReview',
    ['chair'],
  ],
  [
    'both, but no vice-chair in office',
    { chairmanship: ['chair'], verdicts: verdicts(['F', 'approved', now]) },
    'approved',
    [],
  ],
  ['no chairmanship at all', { chairmanship: [] }, 'inReview', []],
  [
    'a chair whose term ended keeps the yes',
    { chairmanship: [], verdicts: verdicts(['F', 'approved', now]) },
    'approved',
    [],
  ],
  [
    'words changed after the only yes',
    { verdicts: verdicts(['F', 'approved', older]) },
    'lapsed',
    ['chair', 'viceChair'],
  ],
  [
    'words changed after both',
    { verdicts: verdicts(['F', 'approved', older], ['N', 'approved', older]) },
    'lapsed',
    ['chair', 'viceChair'],
  ],
  [
    'one of two approved the new words',
    { verdicts: verdicts(['F', 'approved', older], ['N', 'approved', now]) },
    'lapsed',
    ['chair'],
  ],
  [
    'either: one lapsed, one stands',
    { rule: 'either', verdicts: verdicts(['F', 'approved', older], ['N', 'approved', now]) },
    'approved',
    [],
  ],
  [
    'approved again',
    { verdicts: verdicts(['F', 'approved', older], ['N', 'approved', now], ['F', 'approved', now]) },
    'approved',
    [],
  ],
  ['returned', { verdicts: verdicts(['F', 'returned', now]) }, 'returned', ['chair', 'viceChair']],
  [
    'returned, then the words changed',
    { verdicts: verdicts(['F', 'returned', older]) },
    'returned',
    ['chair', 'viceChair'],
  ],
  [
    'returned, then sent again',
    { submittedAt: after(9), verdicts: verdicts(['F', 'returned', now]) },
    'inReview',
    ['chair', 'viceChair'],
  ],
  [
    'sent again in the very moment of the return',
    { submittedAt: after(1), verdicts: verdicts(['F', 'returned', now, 1]) },
    'inReview',
    ['chair', 'viceChair'],
  ],
  [
    'returned after it was sent again',
    { submittedAt: after(9), verdicts: verdicts(['F', 'returned', now, 10]) },
    'returned',
    ['chair', 'viceChair'],
  ],
  [
    'returned, then the same person approved',
    { rule: 'either', verdicts: verdicts(['F', 'returned', now], ['F', 'approved', now]) },
    'approved',
    [],
  ],
  [
    'either: an open no outweighs a yes',
    { rule: 'either', verdicts: verdicts(['F', 'returned', now], ['N', 'approved', now]) },
    'returned',
    [],
  ],
  [
    'a return taken back',
    { verdicts: verdicts(['F', 'returned', now], ['F', 'withdrawn', now]) },
    'inReview',
    ['chair', 'viceChair'],
  ],
  [
    'a yes taken back',
    { verdicts: verdicts(['F', 'approved', now], ['N', 'approved', now], ['F', 'withdrawn', now]) },
    'inReview',
    ['chair'],
  ],
  [
    'sent again: an earlier yes to the same words stands',
    { submittedAt: after(9), verdicts: verdicts(['F', 'approved', now], ['N', 'approved', now]) },
    'approved',
    [],
  ],
]

describe('the standing of an item', () => {
  test.each(table)('%s', (_name, change, status, missing) => {
    const standing = standingOf(facts(change))
    expect({ status: standing.status, missing: standing.missing }).toEqual({ status, missing })
  })

  test('lapses and stands again when the words are restored', () => {
    const given = verdicts(['F', 'approved', now], ['N', 'approved', now])
    const at = (contentHash: string) => standingOf(facts({ verdicts: given, contentHash }))
    expect([now, older, now].map((hash) => at(hash).status)).toEqual(['approved', 'lapsed', 'approved'])
    expect(at(older).verdicts.map(({ stands }) => stands)).toEqual([false, false])
    expect(at(now).verdicts.map(({ stands }) => stands)).toEqual([true, true])
  })

  test('shows only the last word of each person', () => {
    const given = verdicts(
      ['F', 'approved', older],
      ['N', 'returned', now],
      ['F', 'approved', now],
      ['N', 'withdrawn', now],
    )
    expect(latestVerdicts(given).map(({ userId, contentHash }) => [userId, contentHash])).toEqual([
      ['F', now],
    ])
  })
})

const wish: WishedVerdict = {
  subject: { role: 'chair', readsClosed: true, recusedFrom: [] },
  position: 'chair',
  item: { id: 'item', phase: 'shared', visibility: 'open' },
  verdict: 'approved',
  seenHash: now,
  currentHash: now,
  reason: '',
}

const wishes: [string, Partial<WishedVerdict>, string | null][] = [
  ['chair, sent, exact words', {}, null],
  ['vice-chair', { position: 'viceChair' }, null],
  ['closed item', { item: { id: 'item', phase: 'shared', visibility: 'closed' } }, null],
  ['other words', { seenHash: older }, 'stale-content'],
  ['draft', { item: { id: 'item', phase: 'draft', visibility: 'open' } }, 'approval-not-submitted'],
  ['dispatched', { item: { id: 'item', phase: 'frozen', visibility: 'open' } }, 'agenda-frozen'],
  ['no position in the chairmanship', { position: null }, 'forbidden'],
  [
    'secretariat',
    { subject: { role: 'secretariat', readsClosed: true, recusedFrom: [] }, position: null },
    'forbidden',
  ],
  [
    'member',
    { subject: { role: 'member', readsClosed: true, recusedFrom: [] }, position: null },
    'forbidden',
  ],
  [
    'member before it is shared',
    {
      subject: { role: 'member', readsClosed: true, recusedFrom: [] },
      item: { id: 'item', phase: 'draft', visibility: 'open' },
    },
    'not-found',
  ],
  [
    'observer and a closed item',
    {
      subject: { role: 'observer', readsClosed: false, recusedFrom: [] },
      item: { id: 'item', phase: 'shared', visibility: 'closed' },
    },
    'not-found',
  ],
  ['nobody', { subject: null }, 'not-found'],
  ['a stranger is not told of changes', { subject: null, seenHash: older }, 'not-found'],
  ['return with a reason', { verdict: 'returned', reason: 'Beløbet mangler' }, null],
  ['return without one', { verdict: 'returned', reason: '  ' }, 'reason-missing'],
  ['return of other words', { verdict: 'returned', reason: 'Nej', seenHash: older }, 'stale-content'],
]

describe('the judgement of a verdict', () => {
  test.each(wishes)('%s', (_name, change, reason) => {
    expect(judgeApproval({ ...wish, ...change })).toEqual(reason ? { ok: false, reason } : { ok: true })
  })
})
