import { z } from 'zod'
import { type FieldName, fieldNames } from '@/lib/agenda/doc.ts'

const id = z.uuid()
const text = z.string().trim().max(5000)

/** Who may read a thread. */
export const scopes = ['body', 'leadership', 'group', 'private'] as const

/** One of `scopes`, chosen when the thread is started and never changed. */
export type Scope = (typeof scopes)[number]

/**
 * Words a person selected: offsets into the field's text (see `textBlocks` in agenda/prose.ts), the words
 * themselves, and the content hash the person had before their eyes.
 */
export const selectionSchema = z.object({
  field: z.enum(fieldNames),
  from: z.int().min(0),
  to: z.int().min(1),
  quote: z.string().min(1).max(2000),
})

/** A selection as `selectionSchema` has checked it; `from` and `to` count UTF-16 units. */
export type TextSelection = z.infer<typeof selectionSchema>

/** What the browser may ask of threads. */
export const requests = {
  startThread: z.object({ itemId: id, scope: z.enum(scopes), text, selection: selectionSchema.nullable() }),
  reply: z.object({ threadId: id, text }),
  editComment: z.object({ commentId: id, text }),
  deleteComment: z.object({ commentId: id }),
  resolve: z.object({ threadId: id }),
  reopen: z.object({ threadId: id }),
} as const

/** One comment; `text` is null when its author deleted it. */
export type CommentView = {
  id: string
  userId: string
  name: string
  initials: string
  text: string | null
  at: string
  editedAt: string | null
  mine: boolean
}

/**
 * A thread as one reader may see it. `place` is where its words stand now as offsets into the field's text, null
 * when the thread is on the whole item or detached. `anchor` is the pair of Yjs relative positions in base64.
 */
export type ThreadView = {
  id: string
  itemId: string
  scope: Scope
  field: FieldName | null
  anchor: { start: string; end: string } | null
  place: { from: number; to: number } | null
  detached: boolean
  quote: string
  resolvedAt: string | null
  comments: CommentView[]
  may: { reply: boolean; resolve: boolean }
}

/** All threads of an agenda the reader may read, by item in text order, and the scopes they can choose for their own. */
export type ThreadsView = { threads: ThreadView[]; scopes: Scope[] }
