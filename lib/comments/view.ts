import { type FieldName, fieldNames } from '@/lib/agenda/doc.ts'
import type { ItemFacts } from '@/lib/identity/rules.ts'
import type { Anchor } from './anchor.ts'
import { findMentions } from './mentions.ts'
import type { Place } from './quote.ts'
import * as rules from './rules.ts'
import type { CommentView, Scope, ThreadKind, ThreadPerson, ThreadView } from './schema.ts'

/** A thread as kept, with what `viewThread` needs of it. */
export type ViewedThread = {
  id: string
  itemId: string
  kind: ThreadKind
  scope: Scope
  group: string | null
  createdById: string
  quote: string
  quoteBefore: string
  quoteAfter: string
  resolvedAt: Date | null
  resolvedBy: { name: string } | null
  answerFromId: string | null
  answerToId: string | null
  sharedAt: Date | null
  assignee: { id: string; name: string; initials: string } | null
  handledAt: Date | null
  changes: rules.VisibilityChange[]
  comments: {
    id: string
    userId: string
    text: string
    createdAt: Date
    editedAt: Date | null
    deletedAt: Date | null
    user: { name: string; initials: string }
    earlier: { text: string; until: Date }[]
  }[]
}

/** Where a thread's words stand in its item's document as it is now. */
export type Placing = { field: FieldName; anchor: Anchor | null; place: Place | null }

/** Whom a thread is shown to, with what is known of the item, the words' place, and the reader's last reading. */
export type Showing = {
  reader: rules.Reader
  item: ItemFacts
  placing: Placing | null
  readAt: Date | null
  /** The people of the body, for mentions. */
  people: readonly ThreadPerson[]
}

/** A thread as one reader may see it; what was written while the item was closed is absent for who may not read that. */
export function viewThread(
  thread: ViewedThread,
  { reader, item, placing, readAt, people }: Showing,
): ThreadView {
  // Words of an open time that were rewritten while the item was closed are words of the closed one.
  const comments = thread.comments.filter(({ createdAt, editedAt }) =>
    [createdAt, editedAt ?? createdAt].every((at) => rules.canReadWords(reader, thread.changes, at)),
  )
  const triage = rules.canTriage(reader, thread, item)
  const isSharedOnly = !rules.isWithin(reader, thread)
  return {
    id: thread.id,
    itemId: thread.itemId,
    kind: thread.kind,
    scope: thread.scope,
    group: thread.group === reader.politicalGroup ? null : thread.group,
    shared: thread.sharedAt !== null,
    field: placing?.field ?? null,
    anchor: placing?.anchor ? { start: base64(placing.anchor.start), end: base64(placing.anchor.end) } : null,
    place: placing?.place ?? null,
    detached: placing !== null && placing.place === null,
    quote: thread.quote,
    context: { before: thread.quoteBefore, after: thread.quoteAfter },
    resolvedAt: thread.resolvedAt?.toISOString() ?? null,
    resolvedBy: thread.resolvedBy?.name ?? null,
    answer: answerOf(thread, reader),
    assignee: triage ? personOf(thread.assignee) : null,
    handledAt: triage ? (thread.handledAt?.toISOString() ?? null) : null,
    unread: rules.unreadCount(comments, { userId: reader.userId, readAt }),
    comments: comments.map((comment) =>
      viewComment(comment, {
        reader,
        people,
        changes: thread.changes,
        isNameless: isSharedOnly && comment.userId === thread.createdById,
      }),
    ),
    may: {
      reply: rules.canReply(reader, thread, item) && thread.resolvedAt === null,
      resolve: rules.canResolve(reader, thread, item),
      narrow: thread.resolvedAt === null ? rules.narrowerScopes(reader, thread, item) : [],
      triage,
      share: rules.canShare(reader, thread, item),
    },
  }
}

// The office alone compares versions.
function answerOf({ answerFromId: from, answerToId: to }: ViewedThread, { subject }: rules.Reader) {
  const isOffice = subject?.role === 'secretariat' || subject?.role === 'chair'
  return isOffice && from && to ? { from, to } : null
}

function personOf(user: { id: string; name: string; initials: string } | null): ThreadPerson | null {
  return user && { userId: user.id, name: user.name, initials: user.initials }
}

type CommentShowing = Pick<Showing, 'reader' | 'people'> & {
  changes: rules.VisibilityChange[]
  isNameless: boolean
}

function viewComment(
  comment: ViewedThread['comments'][number],
  { reader, people, changes, isNameless }: CommentShowing,
): CommentView {
  const { deletedAt, editedAt, user } = comment
  // What it said in between stays closed too, when it was written while the item was.
  const earlier = comment.earlier.filter((_, at) =>
    rules.canReadWords(reader, changes, comment.earlier[at - 1]?.until ?? comment.createdAt),
  )
  return {
    id: comment.id,
    userId: isNameless ? null : comment.userId,
    name: isNameless ? '' : user.name,
    initials: isNameless ? '' : user.initials,
    text: deletedAt ? null : comment.text,
    mentions: deletedAt ? [] : mentionsIn(comment.text, { reader, people }),
    at: comment.createdAt.toISOString(),
    editedAt: deletedAt ? null : (editedAt?.toISOString() ?? null),
    // Whom an answer is only shared with is shown what it says, not how it came to say it.
    earlier:
      deletedAt || isNameless ? [] : earlier.map(({ text, until }) => ({ text, until: until.toISOString() })),
    mine: comment.userId === reader.userId,
  }
}

function mentionsIn(text: string, { reader, people }: Pick<Showing, 'reader' | 'people'>) {
  return findMentions(text, people).map(({ userId, from, to }) => ({
    from,
    to,
    name: people.find((person) => person.userId === userId)?.name ?? '',
    me: userId === reader.userId,
  }))
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
