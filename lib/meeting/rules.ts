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
export type Waiting = { approve: number; answer: number; send: number; read: boolean }

type WaitingFacts = {
  userId: string
  role: Role
  state: string
  /** `asked`: the person's own verdict is still wanted. */
  items: { submitted: boolean; asked: boolean }[]
  threads: { resolved: boolean; lastUserId: string | null; private: boolean }[]
}

/** What has to be read to count what waits for a role: verdicts and threads only where `waitingFor` looks at them. */
export function neededFor(role: Role, state: string): { approvals: boolean; threads: boolean } {
  return { approvals: role === 'chair' && state === 'preparing', threads: role === 'secretariat' }
}

/** Counts what waits: items to approve for the chairmanship, threads to answer and drafts to send for the secretariat. */
export function waitingFor({ userId, role, state, items, threads }: WaitingFacts): Waiting {
  const preparing = state === 'preparing'
  return {
    approve: role === 'chair' && preparing ? items.filter((item) => item.submitted && item.asked).length : 0,
    answer:
      role === 'secretariat'
        ? threads.filter((thread) => !thread.resolved && !thread.private && thread.lastUserId !== userId)
            .length
        : 0,
    send: role === 'secretariat' && preparing ? items.filter((item) => !item.submitted).length : 0,
    read: role !== 'secretariat' && role !== 'chair' && items.length > 0,
  }
}
