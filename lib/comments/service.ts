import { type ExactItem, exactItem, itemFor, knownItems, sentStates, wordsFor } from '@/lib/agenda/service.ts'
import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { canItem } from '@/lib/identity/rules.ts'
import { type Actor, membershipIn, subjectIn } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { signal } from '@/lib/signals.ts'
import { canRead, memberAsReader, readerIn, threadFor, threadsChanged } from './access-service.ts'
import { tellOfComment, toldThread } from './notice-service.ts'
import { anchorSelection, placeThreads } from './place-service.ts'
import * as rules from './rules.ts'
import type { Scope, TextSelection, ThreadKind, ThreadPerson, ThreadsView } from './schema.ts'
import * as store from './store.ts'
import { inTextOrder, viewThread } from './view.ts'

/**
 * All threads of an agenda the actor may read, each with the place of its words now, or in the words last sent for who
 * may not read those of now. Throws not-found.
 */
export async function loadThreads(
  actor: Actor | null,
  meetingId: string,
  clock: Clock = systemClock,
): Promise<ThreadsView> {
  if (!actor) {
    await knownItems(actor, meetingId)
    return { threads: [], scopes: [], mayAsk: false }
  }
  const { bodyId, items, reader, readable } = await readableThreads(actor, meetingId)
  const sent = await sentWords(items)
  const threadIds = readable.map(({ thread }) => thread.id)
  const [placings, readings, people] = await Promise.all([
    placeThreads(
      readable.map(({ thread }) => thread),
      { generations: new Map(items.map((item) => [item.id, item.generation])), sent },
    ),
    store.findReadings(db(), { userId: actor.userId, threadIds }),
    mayMention(readable.map(({ thread }) => thread))
      ? membersNow(db(), { bodyId, today: dayOf(clock()) })
      : [],
  ])
  // Words of the next edition are quoted to nobody who may not read them yet.
  const isSent = ({ thread: { id, itemId, createdAt, field } }: (typeof readable)[number]) => {
    const words = sent.get(itemId)
    return !words || field === null || createdAt <= words.createdAt || placings.get(id)?.place != null
  }
  const threads = readable
    .filter(isSent)
    .map(({ thread, item }) =>
      viewThread(thread, {
        reader,
        item,
        people,
        placing: placings.get(thread.id) ?? null,
        readAt: readings.get(thread.id) ?? null,
      }),
    )
    .filter((thread) => thread.comments.some((comment) => comment.text !== null))
  return {
    threads: inTextOrder(
      threads,
      items.map(({ id }) => id),
    ),
    scopes: rules.offeredScopes(reader.politicalGroup),
    mayAsk: items.some((item) => rules.canAsk(reader, item.facts)),
  }
}

/** The threads of a meeting's items that the actor may read, each with the facts of its item. Throws not-found. */
async function readableThreads(actor: Actor, meetingId: string) {
  const { bodyId, items } = await knownItems(actor, meetingId)
  const reader = await readerIn(db(), actor, bodyId)
  const facts = new Map(items.map((item) => [item.id, item.facts]))
  const rows = await store.findThreads(db(), [...facts.keys()])
  const readable = rows.flatMap((thread) => {
    const item = facts.get(thread.itemId)
    return item && canRead(reader, thread, item) ? [{ thread, item }] : []
  })
  return { bodyId, items, reader, readable }
}

async function sentWords(items: { id: string; sent: string | null }[]) {
  const versionIds = items.flatMap(({ sent }) => sent ?? [])
  const states = await sentStates(db(), versionIds)
  return new Map(
    items.flatMap(({ id, sent }) => {
      const words = sent === null ? undefined : states.get(sent)
      return words ? [[id, words] as const] : []
    }),
  )
}

/** Is there anything in them that may be a mention, so that the people of the body must be known? */
function mayMention(threads: store.ThreadRow[]): boolean {
  return threads.some(({ comments }) => comments.some(({ text }) => text.includes('@')))
}

/**
 * Who may read a thread, or a new one of this scope on an item, and so may be mentioned in it; without the actor. Throws
 * not-found for a thread they may not read.
 */
export async function mentionable(
  actor: Actor,
  { itemId, scope, threadId }: { itemId: string; scope: Scope; threadId: string | null },
  clock: Clock = systemClock,
): Promise<ThreadPerson[]> {
  const { bodyId, facts } = await itemFor(actor, itemId, 'comment')
  const reader = await readerIn(db(), actor, bodyId)
  const begun = threadId === null ? null : await store.findThread(db(), threadId)
  if (threadId !== null && (begun?.itemId !== itemId || !canRead(reader, begun, facts)))
    throw new AppError('not-found')
  const thread = begun ?? {
    scope,
    group: scope === 'group' ? reader.politicalGroup : null,
    createdById: actor.userId,
    sharedAt: null,
  }
  const members = await membersNow(db(), { bodyId, today: dayOf(clock()) })
  return members
    .filter(
      (member) =>
        member.userId !== actor.userId &&
        rules.canReadThread(memberAsReader(member, reader.groupsAreOpen), thread, facts),
    )
    .map(({ userId, name, initials }) => ({ userId, name, initials }))
}

/** What a person writes to begin a thread; the same `requestId` sent again is the same thread. */
export type ThreadInput = {
  itemId: string
  scope: Scope
  text: string
  selection: TextSelection | null
  requestId?: string | undefined
}

/** Starts a thread on words of an item or on the whole item, without touching its document; answers the thread's id. */
export function startThread(
  actor: Actor,
  input: ThreadInput,
  clock: Clock = systemClock,
): Promise<{ threadId: string }> {
  return begin(actor, { ...input, kind: 'comment' }, clock)
}

/** Puts a question to the secretariat about words of an item or the whole item; answers the thread's id. */
export async function ask(
  actor: Actor,
  input: Omit<ThreadInput, 'scope'>,
  clock: Clock = systemClock,
): Promise<{ threadId: string }> {
  return begin(actor, { ...input, scope: 'leadership', kind: 'question' }, clock)
}

async function begin(
  actor: Actor,
  input: ThreadInput & { kind: ThreadKind },
  clock: Clock,
): Promise<{ threadId: string }> {
  if (!input.text) throw new AppError('comment-empty')
  await itemFor(actor, input.itemId, 'comment')
  return transaction(async (tx) => {
    const exact = await exactItem(tx, input.itemId)
    // Judged again behind the lock: the item may have been closed while we waited for it.
    if (!canItem(subjectIn(actor, exact.bodyId), 'comment', exact.facts)) throw new AppError('not-found')
    const reader = await readerIn(tx, actor, exact.bodyId)
    if (input.kind === 'question' && !rules.canAsk(reader, exact.facts)) throw new AppError('forbidden')
    const sent = await alreadySent(tx, actor, input.requestId)
    return sent ?? { threadId: await startThreadIn(tx, { actor, exact, ...input, at: clock() }) }
  })
}

function alreadySent(tx: Db, actor: Actor, requestId: string | undefined) {
  return requestId ? store.findOwnComment(tx, { id: requestId, userId: actor.userId }) : null
}

/**
 * Starts a thread inside a running transaction, audited and told, and answers its id. The caller has judged the
 * actor's right. Throws forbidden for a scope the actor can't choose.
 */
export async function startThreadIn(
  tx: Db,
  thread: Omit<ThreadInput, 'itemId'> & { actor: Actor; exact: ExactItem; kind?: ThreadKind; at: Date },
): Promise<string> {
  const { actor, exact, scope, text, selection, at, kind = 'comment', requestId } = thread
  const group = membershipIn(actor, exact.bodyId)?.politicalGroup ?? null
  if (!rules.offeredScopes(group).includes(scope)) throw new AppError('forbidden')
  const words = await wordsFor(tx, actor, exact)
  const anchored = selection && anchorSelection(words.state, selection)
  const { threadId, commentId } = await store.insertThread(
    tx,
    {
      itemId: exact.itemId,
      kind,
      generation: words.generation,
      scope,
      group: scope === 'group' ? group : null,
      field: selection?.field ?? null,
      anchorStart: anchored?.anchor.start ?? null,
      anchorEnd: anchored?.anchor.end ?? null,
      quote: anchored?.quote ?? '',
      quoteBefore: anchored?.context.before ?? '',
      quoteAfter: anchored?.context.after ?? '',
      contentHash: words.contentHash,
      createdById: actor.userId,
      createdAt: at,
    },
    { text, id: requestId },
  )
  await tellOfComment(
    tx,
    {
      thread: {
        id: threadId,
        itemId: exact.itemId,
        kind,
        scope,
        group: scope === 'group' ? group : null,
        createdById: actor.userId,
        sharedAt: null,
        changes: [],
      },
      bodyId: exact.bodyId,
      meetingId: exact.meetingId,
      facts: exact.facts,
      groupsAreOpen: await store.findGroupsAreOpen(tx, exact.bodyId),
    },
    { commentId, text, actorId: actor.userId, at, took: [] },
  )
  await audit(tx, {
    bodyId: exact.bodyId,
    userId: actor.userId,
    act: kind === 'question' ? 'question-asked' : 'thread-started',
    subjectId: threadId,
    data: { itemId: exact.itemId, scope },
  })
  await signal(tx, threadsChanged(exact.meetingId))
  return threadId
}

/** Answers in a thread; the same `requestId` sent again is the same answer. Throws thread-resolved for a resolved one. */
export async function reply(
  actor: Actor,
  { threadId, text, requestId }: { threadId: string; text: string; requestId?: string | undefined },
  clock: Clock = systemClock,
): Promise<{ commentId: string }> {
  if (!text) throw new AppError('comment-empty')
  return transaction(async (tx) => {
    const judged = await threadFor(tx, actor, { threadId, act: 'comment' })
    const { bodyId, meetingId, thread, reader, facts } = judged
    if (requestId && (await alreadySent(tx, actor, requestId))) return { commentId: requestId }
    if (!rules.canReply(reader, thread, facts)) throw new AppError('forbidden')
    if (thread.resolvedAt) throw new AppError('thread-resolved')
    const at = clock()
    const comment = { id: requestId, threadId, userId: actor.userId, text, createdAt: at }
    const commentId = await store.insertComment(tx, comment)
    const entry = { bodyId, userId: actor.userId, act: 'comment-added', subjectId: commentId } as const
    await audit(tx, { ...entry, data: { threadId } })
    const took = [thread.createdById, ...thread.comments.map(({ userId }) => userId)]
    await tellOfComment(tx, toldThread(judged), { commentId, text, actorId: actor.userId, at, took })
    await signal(tx, threadsChanged(meetingId))
    return { commentId }
  })
}

/** How many comments the actor has not read in each of these meetings: the same that the meeting's own pages count. */
export async function countUnread(actor: Actor, meetingIds: string[]): Promise<Map<string, number>> {
  const withUnread = await store.findUnreadMeetings(db(), { userId: actor.userId, meetingIds })
  const counts = await Promise.all(
    withUnread.map(async (meetingId) => {
      const { threads } = await loadThreads(actor, meetingId)
      return [meetingId, threads.reduce((sum, { unread }) => sum + unread, 0)] as const
    }),
  )
  return new Map(counts)
}

/** Notes that the actor has read these threads of a meeting as they are now; those they may not read are passed over. */
export async function markRead(
  actor: Actor,
  { meetingId, threadIds }: { meetingId: string; threadIds: string[] },
  clock: Clock = systemClock,
): Promise<void> {
  const { readable } = await readableThreads(actor, meetingId)
  const read = readable.map(({ thread }) => thread.id).filter((id) => threadIds.includes(id))
  await store.writeReadings(db(), { userId: actor.userId, threadIds: read, readAt: clock() })
}

export { countUnanswered } from './unanswered-service.ts'
