import { z } from 'zod'
import { type FieldName, fieldNames } from '@/lib/agenda/doc.ts'
import { longestQuote } from './quote.ts'
import { type Scope, scopes } from './scopes.ts'

const id = z.uuid()
const text = z.string().trim().max(5000)

export type { Scope } from './scopes.ts'

/** A conversation, or a question to the secretariat. */
export type ThreadKind = 'comment' | 'question'

/**
 * Words a person selected: offsets into the field's text (see `textBlocks` in agenda/prose.ts), the words
 * themselves, and the content hash the person had before their eyes.
 */
export const selectionSchema = z.object({
  field: z.enum(fieldNames),
  from: z.int().min(0),
  to: z.int().min(1),
  quote: z.string().min(1).max(longestQuote),
})

/** A selection as `selectionSchema` has checked it; `from` and `to` count UTF-16 units. */
export type TextSelection = z.infer<typeof selectionSchema>

// Made by the browser: what is sent again over a bad line, or from a queue written offline, is kept once.
const requestId = id.optional()

/** What the browser may ask of threads. */
export const requests = {
  startThread: z.object({
    itemId: id,
    scope: z.enum(scopes),
    text,
    selection: selectionSchema.nullable(),
    requestId,
  }),
  ask: z.object({ itemId: id, text, selection: selectionSchema.nullable(), requestId }),
  reply: z.object({ threadId: id, text, requestId }),
  editComment: z.object({ commentId: id, text }),
  deleteComment: z.object({ commentId: id }),
  resolve: z.object({ threadId: id }),
  reopen: z.object({ threadId: id }),
  narrow: z.object({ threadId: id, scope: z.enum(scopes) }),
  assign: z.object({ threadId: id, userId: id.nullable() }),
  markHandled: z.object({ threadId: id, handled: z.boolean() }),
  share: z.object({ threadId: id, shared: z.boolean() }),
  markRead: z.object({ meetingId: id, threadIds: z.array(id).min(1).max(500) }),
  mentionable: z.object({ itemId: id, scope: z.enum(scopes), threadId: id.nullable() }),
} as const

/** Somebody who can be mentioned or given a thread. */
export type ThreadPerson = { userId: string; name: string; initials: string }

/** One comment; `text` is null when its author deleted it. A question shown to all does not name who asked. */
export type CommentView = {
  id: string
  userId: string | null
  name: string
  initials: string
  text: string | null
  /** Where in `text` people are mentioned, in order. */
  mentions: { from: number; to: number; name: string; me: boolean }[]
  at: string
  editedAt: string | null
  /** What it said before it was rewritten, the oldest first. */
  earlier: { text: string; until: string }[]
  mine: boolean
}

/**
 * A thread as one reader may see it. `place` is where its words stand now as offsets into the field's text, null
 * when the thread is on the whole item or detached. `anchor` is the pair of Yjs relative positions in base64.
 */
export type ThreadView = {
  id: string
  itemId: string
  kind: ThreadKind
  scope: Scope
  /** The political group that reads it, where that is not the reader's own. */
  group: string | null
  /** Was the answer to this question shown to all who may read the item? */
  shared: boolean
  field: FieldName | null
  anchor: { start: string; end: string } | null
  place: { from: number; to: number } | null
  detached: boolean
  quote: string
  /** What stood around the words, to know them by. */
  context: { before: string; after: string }
  resolvedAt: string | null
  /** Who resolved it; null while it is open. */
  resolvedBy: string | null
  /** The versions between which the words changed that answered it; null also for who may not compare versions. */
  answer: { from: string; to: string } | null
  /** Whom the secretariat gave it to, and when it was dealt with; null also for who is not of the secretariat. */
  assignee: ThreadPerson | null
  handledAt: string | null
  /** How many comments of others this reader has not read. */
  unread: number
  comments: CommentView[]
  may: { reply: boolean; resolve: boolean; narrow: Scope[]; triage: boolean; share: boolean }
}

/** All threads of an agenda the reader may read, by item in text order, the scopes they can choose for their own, and may they ask? */
export type ThreadsView = { threads: ThreadView[]; scopes: Scope[]; mayAsk: boolean }
