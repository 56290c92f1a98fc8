import { canItem, type ItemFacts, knowsItem, readsClosedItems, type Subject } from '@/lib/identity/rules.ts'
import type { Scope, ThreadKind } from './schema.ts'

/** The facts of a thread that decide who may read it. `sharedAt` is when the answer to a question was shown to all. */
export type ThreadFacts = { scope: Scope; group: string | null; createdById: string; sharedAt: Date | null }

/** A person as threads see them; `subject` is their membership as the rights table wants it. */
export type Reader = {
  userId: string
  subject: Subject
  politicalGroup: string | null
  /** Does the body let its secretariat read what political groups write among themselves? */
  groupsAreOpen: boolean
}

/** May this person read the thread? They must know the item as well; the author always sees their own. */
export function canReadThread(reader: Reader, thread: ThreadFacts, item: ItemFacts): boolean {
  if (!knowsItem(reader.subject, item)) return false
  return isWithin(reader, thread) || thread.sharedAt !== null
}

/** Is the person among those the thread was written to? Who reads it only because it was shared is not. */
export function isWithin(reader: Reader, thread: ThreadFacts): boolean {
  if (thread.createdById === reader.userId) return true
  const role = reader.subject?.role
  switch (thread.scope) {
    case 'body':
      return true
    case 'leadership':
      return role === 'secretariat' || role === 'chair'
    case 'group':
      if (role === 'secretariat' && reader.groupsAreOpen) return true
      return thread.group !== null && thread.group === reader.politicalGroup
    case 'private':
      return false
  }
}

/** May this person answer in the thread? A resolved one must be reopened first. */
export function canReply(reader: Reader, thread: ThreadFacts, item: ItemFacts): boolean {
  return (
    canReadThread(reader, thread, item) &&
    isWithin(reader, thread) &&
    canItem(reader.subject, 'comment', item)
  )
}

/** May this person resolve and reopen the thread? Its author may, and whoever moderates the item. */
export function canResolve(reader: Reader, thread: ThreadFacts, item: ItemFacts): boolean {
  if (!canReply(reader, thread, item)) return false
  return thread.createdById === reader.userId || canItem(reader.subject, 'moderate', item)
}

const narrower: Readonly<Record<Scope, readonly Scope[]>> = {
  body: ['leadership', 'group', 'private'],
  leadership: ['private'],
  group: ['private'],
  private: [],
}

/**
 * The scopes a thread may be moved to: only those whose readers could all read it before, only by its author, and only
 * before anybody answered, so that nobody loses an answer of theirs. A question stays with the secretariat.
 */
export function narrowerScopes(
  reader: Reader,
  thread: ThreadFacts & { kind: ThreadKind; comments: readonly { userId: string }[] },
  item: ItemFacts,
): Scope[] {
  if (thread.createdById !== reader.userId || !canReply(reader, thread, item)) return []
  if (thread.kind === 'question' || thread.comments.length > 1) return []
  const offered = offeredScopes(reader.politicalGroup)
  return narrower[thread.scope].filter((scope) => offered.includes(scope))
}

/** May this person put a question to the secretariat about the item? The secretariat has nobody to ask. */
export function canAsk(reader: Reader, item: ItemFacts): boolean {
  return reader.subject?.role !== 'secretariat' && canItem(reader.subject, 'comment', item)
}

/** May this person give the thread to a colleague, and tell that it was dealt with? The secretariat among itself. */
export function canTriage(reader: Reader, thread: ThreadFacts, item: ItemFacts): boolean {
  return (
    reader.subject?.role === 'secretariat' && canReply(reader, thread, item) && thread.scope !== 'private'
  )
}

/** May this person show a question and its answer to all who may read the item? Only once it is answered. */
export function canShare(
  reader: Reader,
  thread: ThreadFacts & { kind: ThreadKind; comments: readonly { userId: string; deletedAt: Date | null }[] },
  item: ItemFacts,
): boolean {
  if (thread.kind !== 'question' || !canTriage(reader, thread, item)) return false
  return thread.comments.some(({ userId, deletedAt }) => userId !== thread.createdById && !deletedAt)
}

/** How many comments of others a person has not read, by when they last read the thread (null: never). */
export function unreadCount(
  comments: readonly { userId: string; createdAt: Date; deletedAt: Date | null }[],
  { userId, readAt }: { userId: string; readAt: Date | null },
): number {
  return comments.filter(
    (comment) =>
      comment.userId !== userId && !comment.deletedAt && (readAt === null || comment.createdAt > readAt),
  ).length
}

/** The scopes this person can choose for a thread, the widest first. */
export function offeredScopes(politicalGroup: string | null): Scope[] {
  return politicalGroup === null
    ? ['body', 'leadership', 'private']
    : ['body', 'leadership', 'group', 'private']
}

/** One time an item was opened or closed. */
export type VisibilityChange = { to: 'open' | 'closed'; at: Date }

/** Was the item closed at that time? Changes come in order; before the first one it was what that one ended. */
export function wasClosed(changes: VisibilityChange[], at: Date): boolean {
  const last = changes.findLast((change) => change.at <= at)
  return last ? last.to === 'closed' : changes[0]?.to === 'open'
}

/** Words written about an item while it was closed stay with those who may read closed items, also once it is open. */
export function canReadWords(reader: Reader, changes: VisibilityChange[], at: Date): boolean {
  return readsClosedItems(reader.subject) || !wasClosed(changes, at)
}
