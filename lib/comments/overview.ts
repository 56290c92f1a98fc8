import type { AgendaView } from '@/lib/agenda/schema.ts'
import { canBody, type ItemFacts, type Subject } from '@/lib/identity/rules.ts'
import { canTriage, type Reader } from './rules.ts'
import type { ThreadPerson, ThreadView } from './schema.ts'
import { type Scope, scopes } from './scopes.ts'

/** An item as the page of all comments heads its conversations. */
export type CommentedItem = { id: string; number: string; title: string; isClosed: boolean }

/** Somebody a conversation can be given to: of which scopes, and not those on the items they are disqualified from. */
export type ThreadTaker = ThreadPerson & { scopes: Scope[]; recusedFrom: string[] }

/** Everything said about an agenda, for those who answer it. `takers` are the people of the secretariat. */
export type AllComments = {
  meeting: { id: string; startsAt: string; place: string }
  body: { id: string; name: string; slug: string }
  items: CommentedItem[]
  threads: ThreadView[]
  takers: ThreadTaker[]
}

/** May this person work through all comments on an agenda? Who works on it and sends it out answers for them. */
export function overseesComments(subject: Subject): boolean {
  return canBody(subject, 'openWorkspace') && canBody(subject, 'dispatchAgenda')
}

/** The scopes of conversations this person can be given, of those that people of a political group may read. */
export function takenScopes(reader: Reader, group: string | null): Scope[] {
  // The secretariat has the same rights to conversations on every item they are not disqualified from.
  const item: ItemFacts = { id: '', phase: 'shared', visibility: 'open' }
  const by = { group, createdById: '', sharedAt: null }
  return scopes.filter((scope) => canTriage(reader, { scope, ...by }, item))
}

/** Can the conversation be given to this person? */
export function canTake(
  taker: ThreadTaker,
  { scope, itemId }: Pick<ThreadView, 'scope' | 'itemId'>,
): boolean {
  return taker.scopes.includes(scope) && !taker.recusedFrom.includes(itemId)
}

/** How far a conversation has come, the most pressing first. */
export const threadStates = ['unanswered', 'open', 'handled', 'resolved'] as const

/** One of `threadStates`: unanswered is open with a last word that is not of the secretariat. */
export type ThreadState = (typeof threadStates)[number]

/**
 * How far a conversation has come; `ours` are the ids of the secretariat. A word of others that came after it was
 * dealt with makes it unanswered anew.
 */
export function threadState(thread: ThreadView, ours: ReadonlySet<string>): ThreadState {
  if (thread.resolvedAt) return 'resolved'
  const last = thread.comments.findLast(({ text }) => text !== null)
  const waits = last !== undefined && !last.mine && !ours.has(last.userId ?? '')
  const { handledAt } = thread
  if (handledAt && !(waits && last.at > handledAt)) return 'handled'
  return waits ? 'unanswered' : 'open'
}

/** What the page can be narrowed to. */
export const threadFilters = ['unanswered', 'open', 'handled', 'resolved', 'all'] as const

/** One of `threadFilters`; open holds the unanswered too. */
export type ThreadFilter = (typeof threadFilters)[number]

/** Does a conversation of this state stand under the filter? */
export function passes(filter: ThreadFilter, state: ThreadState): boolean {
  return filter === 'all' || filter === state || (filter === 'open' && state === 'unanswered')
}

/** The items of an agenda as the page heads them, in order. */
export function commentedItems({ sections }: Pick<AgendaView, 'sections'>): CommentedItem[] {
  return sections.flatMap(({ items }) =>
    items.map(({ id, number, title, visibility }) => ({
      id,
      number,
      title,
      isClosed: visibility === 'closed',
    })),
  )
}

/** Items with their conversations, both in order; items without any are left out. */
export function byItem<T extends { itemId: string }>(
  items: CommentedItem[],
  threads: T[],
): { item: CommentedItem; threads: T[] }[] {
  return items
    .map((item) => ({ item, threads: threads.filter(({ itemId }) => itemId === item.id) }))
    .filter((group) => group.threads.length > 0)
}
