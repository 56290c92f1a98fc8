import { type AuditAct, audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { signal } from '@/lib/signals.ts'
import { type JudgedThread, memberAsReader, threadFor, threadsChanged } from './access-service.ts'
import * as rules from './rules.ts'
import type { Scope } from './schema.ts'
import * as store from './store.ts'

type Noted = { act: AuditAct; subjectId: string; data?: Record<string, string | null> }

/** One act on a thread: judged behind its lock, done, and noted and told when it changed anything. */
function onThread(
  actor: Actor,
  threadId: string,
  perform: (tx: Db, judged: JudgedThread) => Promise<Noted | null>,
): Promise<void> {
  return transaction(async (tx) => {
    const judged = await threadFor(tx, actor, { threadId, act: 'comment' })
    const noted = await perform(tx, judged)
    if (!noted) return
    await audit(tx, { bodyId: judged.bodyId, userId: actor.userId, ...noted })
    await signal(tx, threadsChanged(judged.meetingId))
  })
}

/** Rewrites one's own comment; that, when, and what it said before stays to be seen. */
export async function editComment(
  actor: Actor,
  { commentId, text }: { commentId: string; text: string },
  clock: Clock = systemClock,
): Promise<void> {
  if (!text) throw new AppError('comment-empty')
  await onOwnComment(actor, commentId, async (tx, threadId) => {
    const isNew = await store.rewriteComment(tx, { id: commentId, text, at: clock() })
    return isNew ? { act: 'comment-edited', subjectId: commentId, data: { threadId } } : null
  })
}

/** Takes one's own comment away, with what it said before: that there was one stays to be seen. */
export async function deleteComment(
  actor: Actor,
  { commentId }: { commentId: string },
  clock: Clock = systemClock,
): Promise<void> {
  await onOwnComment(actor, commentId, async (tx, threadId) => {
    const isGone = await store.emptyComment(tx, { id: commentId, at: clock() })
    return isGone ? { act: 'comment-deleted', subjectId: commentId, data: { threadId } } : null
  })
}

async function onOwnComment(
  actor: Actor,
  commentId: string,
  perform: (tx: Db, threadId: string) => Promise<Noted | null>,
): Promise<void> {
  const comment = await store.findComment(db(), commentId)
  if (!comment) throw new AppError('not-found')
  await onThread(actor, comment.threadId, (tx) => {
    if (comment.userId !== actor.userId) throw new AppError('forbidden')
    return perform(tx, comment.threadId)
  })
}

/** Marks a thread as settled. Doing it twice is doing it once. */
export async function resolve(
  actor: Actor,
  { threadId }: { threadId: string },
  clock: Clock = systemClock,
): Promise<void> {
  await settle(actor, { threadId, resolvedAt: clock() })
}

/** Opens a resolved thread again. Doing it twice is doing it once. */
export async function reopen(actor: Actor, { threadId }: { threadId: string }): Promise<void> {
  await settle(actor, { threadId, resolvedAt: null })
}

async function settle(
  actor: Actor,
  { threadId, resolvedAt }: { threadId: string; resolvedAt: Date | null },
): Promise<void> {
  await onThread(actor, threadId, async (tx, { thread, reader, facts }) => {
    if (!rules.canResolve(reader, thread, facts)) throw new AppError('forbidden')
    const by = resolvedAt && { resolvedAt, resolvedById: actor.userId }
    if (!(await store.updateResolved(tx, threadId, by))) return null
    const act = resolvedAt ? 'thread-resolved' : 'thread-reopened'
    return { act, subjectId: threadId, data: { itemId: thread.itemId } }
  })
}

/** Moves one's own thread to a narrower scope. Throws thread-answered once somebody answered, else forbidden. */
export async function narrow(
  actor: Actor,
  { threadId, scope }: { threadId: string; scope: Scope },
): Promise<void> {
  await onThread(actor, threadId, async (tx, { thread, reader, facts, bodyId }) => {
    if (thread.scope === scope) return null
    if (!rules.narrowerScopes(reader, thread, facts).includes(scope)) {
      const isAnswered = thread.createdById === actor.userId && thread.comments.length > 1
      throw new AppError(isAnswered ? 'thread-answered' : 'forbidden')
    }
    const group = scope === 'group' ? (membershipIn(actor, bodyId)?.politicalGroup ?? null) : null
    await store.updateThread(tx, threadId, { scope, group })
    return { act: 'thread-narrowed', subjectId: threadId, data: { scope } }
  })
}

/** Gives a thread to somebody of the secretariat who may read it, or to nobody (null). */
export async function assign(
  actor: Actor,
  { threadId, userId }: { threadId: string; userId: string | null },
  clock: Clock = systemClock,
): Promise<void> {
  await onThread(actor, threadId, async (tx, { thread, reader, facts, bodyId }) => {
    if (!rules.canTriage(reader, thread, facts)) throw new AppError('forbidden')
    const members = await membersNow(tx, { bodyId, today: dayOf(clock()) })
    const assignee = members.find((member) => member.userId === userId)
    const mayTake = assignee && rules.canTriage(memberAsReader(assignee, reader.groupsAreOpen), thread, facts)
    if (userId !== null && !mayTake) throw new AppError('invalid-input')
    if ((thread.assignee?.id ?? null) === userId) return null
    await store.updateThread(tx, threadId, { assigneeId: userId })
    return { act: 'thread-assigned', subjectId: threadId, data: { userId } }
  })
}

/** Marks a thread as dealt with by the secretariat, or not. It stays open until it is resolved. */
export async function markHandled(
  actor: Actor,
  { threadId, handled }: { threadId: string; handled: boolean },
  clock: Clock = systemClock,
): Promise<void> {
  await onThread(actor, threadId, async (tx, { thread, reader, facts }) => {
    if (!rules.canTriage(reader, thread, facts)) throw new AppError('forbidden')
    if ((thread.handledAt !== null) === handled) return null
    await store.updateThread(tx, threadId, { handledAt: handled ? clock() : null })
    return { act: 'thread-handled', subjectId: threadId, data: { handled: handled ? 'yes' : 'no' } }
  })
}

/** Shows a question and its answers to all who may read the item, without who asked; or takes that back. */
export async function share(
  actor: Actor,
  { threadId, shared }: { threadId: string; shared: boolean },
  clock: Clock = systemClock,
): Promise<void> {
  await onThread(actor, threadId, async (tx, { thread, reader, facts }) => {
    if (!rules.canShare(reader, thread, facts)) throw new AppError('forbidden')
    if ((thread.sharedAt !== null) === shared) return null
    await store.updateThread(tx, threadId, { sharedAt: shared ? clock() : null })
    return { act: 'answer-shared', subjectId: threadId, data: { shared: shared ? 'yes' : 'no' } }
  })
}
