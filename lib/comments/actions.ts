'use server'

import { act } from '@/lib/identity/session.ts'
import * as changes from './change-service.ts'
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
export const editComment = act(requests.editComment, (actor, input) => changes.editComment(actor, input))

/** Empties one's own comment. Refuses with not-found, or forbidden when it is somebody else's. */
export const deleteComment = act(requests.deleteComment, (actor, input) =>
  changes.deleteComment(actor, input),
)

/** Marks a thread as settled. Refuses with not-found or forbidden. */
export const resolve = act(requests.resolve, (actor, input) => changes.resolve(actor, input))

/** Opens a settled thread again. Refuses with not-found or forbidden. */
export const reopen = act(requests.reopen, (actor, input) => changes.reopen(actor, input))

/**
 * Puts a question to the secretariat and answers `{ threadId }`. Refuses with comment-empty, not-found, forbidden, or
 * anchor-moved when the words are no longer there.
 */
export const ask = act(requests.ask, (actor, input) => service.ask(actor, input))

/** Moves one's own thread to a narrower scope. Refuses with not-found, forbidden or thread-answered. */
export const narrow = act(requests.narrow, changes.narrow)

/** Gives a thread to a colleague or to nobody. Refuses with not-found, forbidden, or invalid-input for who can't take it. */
export const assign = act(requests.assign, (actor, input) => changes.assign(actor, input))

/** Marks a thread as dealt with, or not. Refuses with not-found or forbidden. */
export const markHandled = act(requests.markHandled, (actor, input) => changes.markHandled(actor, input))

/** Shows an answered question to all who may read the item, or takes that back. Refuses with not-found or forbidden. */
export const share = act(requests.share, (actor, input) => changes.share(actor, input))

/** Notes that one has read these threads of a meeting as they are now. Refuses with not-found. */
export const markRead = act(requests.markRead, (actor, input) => service.markRead(actor, input))

/** Who may read a thread, or a new one of this scope on the item, as `ThreadPerson[]`. Refuses with not-found or forbidden. */
export const mentionable = act(requests.mentionable, (actor, input) => service.mentionable(actor, input))
