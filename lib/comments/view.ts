import { type FieldName, fieldNames } from '@/lib/agenda/doc.ts'
import type { ItemFacts } from '@/lib/identity/rules.ts'
import type { Anchor } from './anchor.ts'
import type { Place } from './quote.ts'
import { canReadWords, canReply, canResolve, type Reader, type VisibilityChange } from './rules.ts'
import type { CommentView, Scope, ThreadView } from './schema.ts'

/** A thread as kept, with what `viewThread` needs of it. */
export type ViewedThread = {
  id: string
  itemId: string
  scope: Scope
  group: string | null
  createdById: string
  quote: string
  resolvedAt: Date | null
  changes: VisibilityChange[]
  comments: {
    id: string
    userId: string
    text: string
    createdAt: Date
    editedAt: Date | null
    deletedAt: Date | null
    user: { name: string; initials: string }
  }[]
}

/** Where a thread's words stand in its item's document as it is now. */
export type Placing = { field: FieldName; anchor: Anchor | null; place: Place | null }

/** A thread as one reader may see it; what was written while the item was closed is absent for who may not read that. */
export function viewThread(
  thread: ViewedThread,
  { reader, item, placing }: { reader: Reader; item: ItemFacts; placing: Placing | null },
): ThreadView {
  // Words of an open time that were rewritten while the item was closed are words of the closed one.
  const comments = thread.comments.filter(({ createdAt, editedAt }) =>
    [createdAt, editedAt ?? createdAt].every((at) => canReadWords(reader, thread.changes, at)),
  )
  return {
    id: thread.id,
    itemId: thread.itemId,
    scope: thread.scope,
    field: placing?.field ?? null,
    anchor: placing?.anchor ? { start: base64(placing.anchor.start), end: base64(placing.anchor.end) } : null,
    place: placing?.place ?? null,
    detached: placing !== null && placing.place === null,
    quote: thread.quote,
    resolvedAt: thread.resolvedAt?.toISOString() ?? null,
    comments: comments.map((comment) => viewComment(comment, reader)),
    may: {
      reply: canReply(reader, thread, item) && thread.resolvedAt === null,
      resolve: canResolve(reader, thread, item),
    },
  }
}

function viewComment(comment: ViewedThread['comments'][number], reader: Reader): CommentView {
  return {
    id: comment.id,
    userId: comment.userId,
    name: comment.user.name,
    initials: comment.user.initials,
    text: comment.deletedAt ? null : comment.text,
    at: comment.createdAt.toISOString(),
    editedAt: comment.deletedAt ? null : (comment.editedAt?.toISOString() ?? null),
    mine: comment.userId === reader.userId,
  }
}

/** Threads by item, then those on the whole item, then by place in the text, then the detached ones. */
export function inTextOrder(threads: ThreadView[], itemIds: string[]): ThreadView[] {
  const rank = new Map(itemIds.map((id, at) => [id, at]))
  const key = (thread: ThreadView) => [
    rank.get(thread.itemId) ?? itemIds.length,
    thread.detached ? 2 : thread.field ? 1 : 0,
    thread.field ? fieldNames.indexOf(thread.field) : 0,
    thread.place?.from ?? 0,
  ]
  return threads.toSorted((one, other) => compare(key(one), key(other)))
}

function compare(one: number[], other: number[]): number {
  const at = one.findIndex((value, index) => value !== other[index])
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
