import type { Scope, ThreadPerson, ThreadView } from '@/lib/comments/schema.ts'

/** Which conversations to show; `person` is a user's id, null is anybody's. */
export type ThreadFilter = {
  state: 'open' | 'resolved'
  mine: boolean
  unread: boolean
  person: string | null
  scope: Scope | null
}

export const noFilter: ThreadFilter = { state: 'open', mine: false, unread: false, person: null, scope: null }

/** Is anything asked for beyond open or resolved? */
export function isNarrowed({ mine, unread, person, scope }: ThreadFilter): boolean {
  return mine || unread || person !== null || scope !== null
}

/** The threads a filter lets through, in their order. */
export function filterThreads(threads: ThreadView[], filter: ThreadFilter): ThreadView[] {
  return threads.filter((thread) => {
    if ((filter.state === 'resolved') !== (thread.resolvedAt !== null)) return false
    if (filter.mine && !thread.comments.some(({ mine }) => mine)) return false
    if (filter.unread && thread.unread === 0) return false
    if (filter.person !== null && !thread.comments.some(({ userId }) => userId === filter.person))
      return false
    return filter.scope === null || thread.scope === filter.scope
  })
}

/** Everybody who said something in these threads, each once, in Danish order. */
export function peopleIn(threads: ThreadView[]): ThreadPerson[] {
  const people = new Map<string, ThreadPerson>()
  for (const { userId, name, initials } of threads.flatMap(({ comments }) => comments)) {
    if (userId !== null) people.set(userId, { userId, name, initials })
  }
  return [...people.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'da'))
}

/** How many threads of an item are open, and how many comments in them and in resolved ones are unread. */
export type ThreadCount = { open: number; unread: number }

/** The counts of several items together. */
export function sumCounts(counts: Iterable<ThreadCount>): ThreadCount {
  return [...counts].reduce(
    (sum, { open, unread }) => ({ open: sum.open + open, unread: sum.unread + unread }),
    { open: 0, unread: 0 },
  )
}

/** The counts of each item that has threads: the one answer for outline, contents, tab and front page. */
export function countByItem(threads: ThreadView[]): Map<string, ThreadCount> {
  const counts = new Map<string, ThreadCount>()
  for (const { itemId, resolvedAt, unread } of threads) {
    const before = counts.get(itemId) ?? { open: 0, unread: 0 }
    counts.set(itemId, { open: before.open + (resolvedAt ? 0 : 1), unread: before.unread + unread })
  }
  return counts
}
