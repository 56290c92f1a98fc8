'use server'

import { act } from '@/lib/identity/session.ts'
import { requests } from './schema.ts'
import * as service from './service.ts'

/**
 * Starts a thread on selected words, or on the whole item, and answers `{ threadId }`. Refuses with comment-empty,
 * not-found, forbidden for a scope one can't choose, or anchor-moved when the words are no longer there.
 */
export const startThread = act(requests.startThread, (actor, input) => service.startThread(actor, input))

/**
 * Adds a comment to a thread and answers `{ commentId }`. Refuses with comment-empty, not-found, forbidden or
 * thread-resolved.
 */
export const reply = act(requests.reply, (actor, input) => service.reply(actor, input))

/** Rewrites one's own comment. Refuses with comment-empty, not-found, or forbidden when it is somebody else's. */
export const editComment = act(requests.editComment, (actor, input) => service.editComment(actor, input))

/** Empties one's own comment. Refuses with not-found, or forbidden when it is somebody else's. */
export const deleteComment = act(requests.deleteComment, (actor, input) =>
  service.deleteComment(actor, input),
)

/** Marks a thread as settled. Refuses with not-found or forbidden. */
export const resolve = act(requests.resolve, (actor, input) => service.resolve(actor, input))

/** Opens a settled thread again. Refuses with not-found or forbidden. */
export const reopen = act(requests.reopen, (actor, input) => service.reopen(actor, input))
