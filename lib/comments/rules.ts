import { canItem, type ItemFacts, readsClosedItems, type Subject } from '@/lib/identity/rules.ts'
import type { Scope } from './schema.ts'

/** The facts of a thread that decide who may read it. */
export type ThreadFacts = { scope: Scope; group: string | null; createdById: string }

/** A person as threads see them; `subject` is their membership as the rights table wants it. */
export type Reader = { userId: string; subject: Subject; politicalGroup: string | null }

/** May this person read the thread? The item must be readable to them as well; the author always sees their own. */
export function canReadThread(reader: Reader, thread: ThreadFacts, item: ItemFacts): boolean {
  if (!canItem(reader.subject, 'read', item)) return false
  if (thread.createdById === reader.userId) return true
  switch (thread.scope) {
    case 'body':
      return true
    case 'leadership':
      return reader.subject?.role === 'secretariat' || reader.subject?.role === 'chair'
    case 'group':
      return thread.group !== null && thread.group === reader.politicalGroup
    case 'private':
      return false
  }
}

/** May this person answer in the thread? A resolved one must be reopened first. */
export function canReply(reader: Reader, thread: ThreadFacts, item: ItemFacts): boolean {
  return canReadThread(reader, thread, item) && canItem(reader.subject, 'comment', item)
}

/** May this person resolve and reopen the thread? Its author may, and whoever moderates the item. */
export function canResolve(reader: Reader, thread: ThreadFacts, item: ItemFacts): boolean {
  if (!canReply(reader, thread, item)) return false
  return thread.createdById === reader.userId || canItem(reader.subject, 'moderate', item)
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
