import type { Role } from '@/lib/identity/rules.ts'

/** Where a meeting is on its way, as the stepper shows it. */
export const stages = ['draft', 'review', 'dispatched', 'meeting', 'minutes'] as const

/** One of `stages`; `draft` and `review` share the state `preparing`. */
export type Stage = (typeof stages)[number]

/** The stage of a meeting from its state and whether any of its items was sent to approval. */
export function stageOf(meeting: { state: string; anySubmitted: boolean }): Stage {
  if (meeting.state === 'recorded') return 'minutes'
  if (meeting.state === 'held') return 'meeting'
  if (meeting.state === 'dispatched') return 'dispatched'
  return meeting.anySubmitted ? 'review' : 'draft'
}

/** What of a meeting waits for one person. */
export type Waiting = { approve: number; answer: number; send: number; read: boolean; unread: number }

type WaitingFacts = {
  role: Role
  state: string
  /** Items the person may read, and items nobody has sent to review. */
  readable: number
  drafts: number
  /** Items the person's own verdict is still wanted on. */
  asked: number
  /** Conversations whose last word is somebody else's. */
  unanswered: number
  /** Comments of others the person has not read. */
  unread: number
}

/** Counts what waits: items to approve for the chairmanship, threads to answer and drafts to send for the secretariat. */
export function waitingFor(facts: WaitingFacts): Waiting {
  const { role, state, readable, drafts, asked, unanswered, unread } = facts
  const preparing = state === 'preparing'
  return {
    approve: role === 'chair' ? asked : 0,
    answer: role === 'secretariat' ? unanswered : 0,
    send: role === 'secretariat' && preparing ? drafts : 0,
    read: role !== 'secretariat' && role !== 'chair' && readable > 0,
    unread,
  }
}
