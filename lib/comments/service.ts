import { type ExactItem, exactItem, itemFor, readableItems } from '@/lib/agenda/service.ts'
import { type AuditAct, audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { canItem, type ItemAct, type ItemFacts } from '@/lib/identity/rules.ts'
import { type Actor, membershipIn, subjectIn } from '@/lib/identity/schema.ts'
import { type Signal, signal } from '@/lib/signals.ts'
import { anchorSelection, placeThreads } from './place-service.ts'
import * as rules from './rules.ts'
import type { Scope, TextSelection, ThreadsView } from './schema.ts'
import * as store from './store.ts'
import { inTextOrder, viewThread } from './view.ts'

/** All threads of an agenda the actor may read, each with the place of its words now. Throws not-found. */
export async function loadThreads(actor: Actor | null, meetingId: string): Promise<ThreadsView> {
  const { bodyId, items } = await readableItems(actor, meetingId)
  if (!actor) return { threads: [], scopes: [] }
  const reader = readerOf(actor, bodyId)
  const facts = new Map(items.map((item) => [item.id, item.facts]))
  const rows = await store.findThreads(db(), [...facts.keys()])
  const readable = rows.flatMap((thread) => {
    const item = facts.get(thread.itemId)
    return item && canRead(reader, thread, item) ? [{ thread, item }] : []
  })
  const generations = new Map(items.map((item) => [item.id, item.generation]))
  const placings = await placeThreads(
    readable.map(({ thread }) => thread),
    generations,
  )
  const threads = readable
    .map(({ thread, item }) => viewThread(thread, { reader, item, placing: placings.get(thread.id) ?? null }))
    .filter((thread) => thread.comments.some((comment) => comment.text !== null))
  return {
    threads: inTextOrder(threads, [...facts.keys()]),
    scopes: rules.offeredScopes(reader.politicalGroup),
  }
}

/** Starts a thread on words of an item or on the whole item, without touching its document; answers the thread's id. */
export async function startThread(
  actor: Actor,
  input: { itemId: string; scope: Scope; text: string; selection: TextSelection | null },
  clock: Clock = systemClock,
): Promise<{ threadId: string }> {
  if (!input.text) throw new AppError('comment-empty')
  await itemFor(actor, input.itemId, 'comment')
  return transaction(async (tx) => {
    const exact = await exactItem(tx, input.itemId)
    // Judged again behind the lock: the item may have been closed while we waited for it.
    if (!canItem(subjectIn(actor, exact.bodyId), 'comment', exact.facts)) throw new AppError('not-found')
    const threadId = await startThreadIn(tx, { actor, exact, ...input, at: clock() })
    return { threadId }
  })
}

/**
 * Starts a thread inside a running transaction, audited and told, and answers its id. The caller has judged the
 * actor's right. Throws forbidden for a scope the actor can't choose.
 */
export async function startThreadIn(
  tx: Db,
  thread: {
    actor: Actor
    exact: ExactItem
    scope: Scope
    text: string
    selection: TextSelection | null
    at: Date
  },
): Promise<string> {
  const { actor, exact, scope, text, selection, at } = thread
  const group = membershipIn(actor, exact.bodyId)?.politicalGroup ?? null
  if (!rules.offeredScopes(group).includes(scope)) throw new AppError('forbidden')
  const anchored = selection && anchorSelection(exact.state, selection)
  const threadId = await store.insertThread(
    tx,
    {
      itemId: exact.itemId,
      generation: exact.generation,
      scope,
      group: scope === 'group' ? group : null,
      field: selection?.field ?? null,
      anchorStart: anchored?.anchor.start ?? null,
      anchorEnd: anchored?.anchor.end ?? null,
      quote: anchored?.quote ?? '',
      contentHash: exact.contentHash,
      createdById: actor.userId,
      createdAt: at,
    },
    text,
  )
  await audit(tx, {
    bodyId: exact.bodyId,
    userId: actor.userId,
    act: 'thread-started',
    subjectId: threadId,
    data: { itemId: exact.itemId, scope },
  })
  await signal(tx, threadsChanged(exact.meetingId))
  return threadId
}

/** Answers in a thread. Throws thread-resolved when it must be reopened first. */
export async function reply(
  actor: Actor,
  { threadId, text }: { threadId: string; text: string },
  clock: Clock = systemClock,
): Promise<{ commentId: string }> {
  if (!text) throw new AppError('comment-empty')
  const { bodyId, meetingId } = await threadFor(actor, threadId, 'comment')
  const commentId = await transaction(async (tx) => {
    const id = await store.insertComment(tx, { threadId, userId: actor.userId, text, createdAt: clock() })
    if (!id) throw new AppError('thread-resolved')
    await audit(tx, { bodyId, userId: actor.userId, act: 'comment-added', subjectId: id, data: { threadId } })
    await signal(tx, threadsChanged(meetingId))
    return id
  })
  return { commentId }
}

/** Rewrites one's own comment; that and when it happened stays to be seen. */
export async function editComment(
  actor: Actor,
  { commentId, text }: { commentId: string; text: string },
  clock: Clock = systemClock,
): Promise<void> {
  if (!text) throw new AppError('comment-empty')
  await changeComment(actor, { commentId, data: { text, editedAt: clock() }, act: 'comment-edited' })
}

/** Takes one's own comment away: its text is gone, that there was one stays to be seen. */
export async function deleteComment(
  actor: Actor,
  { commentId }: { commentId: string },
  clock: Clock = systemClock,
): Promise<void> {
  await changeComment(actor, { commentId, data: { text: '', deletedAt: clock() }, act: 'comment-deleted' })
}

async function changeComment(
  actor: Actor,
  change: { commentId: string; data: Parameters<typeof store.updateComment>[2]; act: AuditAct },
): Promise<void> {
  const { commentId, data, act } = change
  const comment = await store.findComment(db(), commentId)
  if (!comment) throw new AppError('not-found')
  const { bodyId, meetingId } = await threadFor(actor, comment.threadId, 'comment')
  if (comment.userId !== actor.userId) throw new AppError('forbidden')
  await transaction(async (tx) => {
    if (!(await store.updateComment(tx, commentId, data))) throw new AppError('not-found')
    await audit(tx, {
      bodyId,
      userId: actor.userId,
      act,
      subjectId: commentId,
      data: { threadId: comment.threadId },
    })
    await signal(tx, threadsChanged(meetingId))
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
  const { bodyId, meetingId, facts, thread } = await threadFor(actor, threadId, 'comment')
  if (!rules.canResolve(readerOf(actor, bodyId), thread, facts)) throw new AppError('forbidden')
  await transaction(async (tx) => {
    const by = resolvedAt && { resolvedAt, resolvedById: actor.userId }
    if (!(await store.updateResolved(tx, threadId, by))) return
    const act = resolvedAt ? 'thread-resolved' : 'thread-reopened'
    await audit(tx, {
      bodyId,
      userId: actor.userId,
      act,
      subjectId: threadId,
      data: { itemId: thread.itemId },
    })
    await signal(tx, threadsChanged(meetingId))
  })
}

function threadsChanged(meetingId: string): Signal {
  return { kind: 'meeting-changed', meetingId, what: 'threads' }
}

/** A thread and its item as judged for the actor: not-found when they may not read it, forbidden when not the act. */
async function threadFor(actor: Actor, threadId: string, act: ItemAct) {
  const thread = await store.findThread(db(), threadId)
  if (!thread) throw new AppError('not-found')
  const item = await itemFor(actor, thread.itemId, 'read')
  if (!canRead(readerOf(actor, item.bodyId), thread, item.facts)) throw new AppError('not-found')
  const { bodyId, meetingId, facts } = await itemFor(actor, thread.itemId, act)
  return { thread, bodyId, meetingId, facts }
}

function canRead(reader: rules.Reader, thread: store.ThreadRow, item: ItemFacts): boolean {
  if (!rules.canReadThread(reader, thread, item)) return false
  return rules.canReadWords(reader, thread.changes, thread.createdAt)
}

function readerOf(actor: Actor, bodyId: string): rules.Reader {
  const politicalGroup = membershipIn(actor, bodyId)?.politicalGroup ?? null
  return { userId: actor.userId, subject: subjectIn(actor, bodyId), politicalGroup }
}
