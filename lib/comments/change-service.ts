import { exactItem } from '@/lib/agenda/service.ts'
import { changeSince } from '@/lib/agenda/version-service.ts'
import { type AuditAct, audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { type Actor, membershipIn } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { signal } from '@/lib/signals.ts'
import { type JudgedThread, memberAsReader, threadFor, threadsChanged } from './access-service.ts'
import { tellOfAssignment, tellOfMentions, toldThread } from './notice-service.ts'
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
  await onOwnComment(actor, commentId, async (tx, judged) => {
    const threadId = judged.thread.id
    const at = clock()
    const isNew = await store.rewriteComment(tx, { id: commentId, text, at })
    if (isNew) await tellOfMentions(tx, toldThread(judged), { commentId, text, actorId: actor.userId, at })
    return isNew ? { act: 'comment-edited', subjectId: commentId, data: { threadId } } : null
  })
}

/** Takes one's own comment away, with what it said before: that there was one stays to be seen. */
export async function deleteComment(
  actor: Actor,
  { commentId }: { commentId: string },
  clock: Clock = systemClock,
): Promise<void> {
  await onOwnComment(actor, commentId, async (tx, { thread: { id: threadId } }) => {
    const isGone = await store.emptyComment(tx, { id: commentId, at: clock() })
    return isGone ? { act: 'comment-deleted', subjectId: commentId, data: { threadId } } : null
  })
}

async function onOwnComment(
  actor: Actor,
  commentId: string,
  perform: (tx: Db, judged: JudgedThread) => Promise<Noted | null>,
): Promise<void> {
  const comment = await store.findComment(db(), commentId)
  if (!comment) throw new AppError('not-found')
  await onThread(actor, comment.threadId, (tx, judged) => {
    if (comment.userId !== actor.userId) throw new AppError('forbidden')
    return perform(tx, judged)
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
    const by = resolvedAt && {
      ...(await answerTo(tx, thread)),
      resolvedAt,
      resolvedById: actor.userId,
    }
    if (!(await store.updateResolved(tx, threadId, by))) return null
    const act = resolvedAt ? 'thread-resolved' : 'thread-reopened'
    return { act, subjectId: threadId, data: { itemId: thread.itemId } }
  })
}

/** What changed in the item since the thread was started: the edit that answered it. */
async function answerTo(
  tx: Db,
  { itemId, contentHash, createdAt, scope, resolvedAt }: JudgedThread['thread'],
) {
  // A note to oneself is answered by nobody; what is resolved already stays as it is.
  if (scope === 'private' || resolvedAt) return { answerFromId: null, answerToId: null }
  const change = await changeSince(tx, await exactItem(tx, itemId), { contentHash, at: createdAt })
  return { answerFromId: change?.from ?? null, answerToId: change?.to ?? null }
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
  await onThread(actor, threadId, async (tx, judged) => {
    const { thread, reader, facts, bodyId } = judged
    if (!rules.canTriage(reader, thread, facts)) throw new AppError('forbidden')
    const at = clock()
    const members = await membersNow(tx, { bodyId, today: dayOf(at) })
    const assignee = members.find((member) => member.userId === userId)
    const mayTake = assignee && rules.canTriage(memberAsReader(assignee, reader.groupsAreOpen), thread, facts)
    if (userId !== null && !mayTake) throw new AppError('invalid-input')
    if ((thread.assignee?.id ?? null) === userId) return null
    await store.updateThread(tx, threadId, { assigneeId: userId })
    if (userId)
      await tellOfAssignment(tx, toldThread(judged), { assigneeId: userId, actorId: actor.userId, at })
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
