import { judged, judgedKnown, liveItem } from '@/lib/agenda/service.ts'
import type { Db } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import type { BodyMember } from '@/lib/identity/membership-service.ts'
import type { ItemAct, ItemFacts } from '@/lib/identity/rules.ts'
import { type Actor, membershipIn, subjectIn } from '@/lib/identity/schema.ts'
import type { Signal } from '@/lib/signals.ts'
import * as rules from './rules.ts'
import * as store from './store.ts'

/** A thread the actor may do something with, as judged, with its item's place. */
export type JudgedThread = {
  thread: store.ThreadRow
  bodyId: string
  meetingId: string
  facts: ItemFacts
  reader: rules.Reader
}

/**
 * A thread behind its lock, with its item, as judged for the actor: not-found when they may not read it, forbidden when
 * not the act. Nobody answers or settles it until the transaction ends.
 */
export async function threadFor(
  tx: Db,
  actor: Actor,
  { threadId, act }: { threadId: string; act: ItemAct },
): Promise<JudgedThread> {
  await store.lockThread(tx, threadId)
  const thread = await store.findThread(tx, threadId)
  if (!thread) throw new AppError('not-found')
  const item = await liveItem(tx, thread.itemId)
  const { bodyId, meetingId, facts } = judgedKnown(item, actor)
  const reader = await readerIn(tx, actor, bodyId)
  if (!canRead(reader, thread, facts)) throw new AppError('not-found')
  judged(item, actor, act)
  return { thread, bodyId, meetingId, facts, reader }
}

/** May this reader read the thread at all, also by when it was written? */
export function canRead(reader: rules.Reader, thread: store.ThreadRow, item: ItemFacts): boolean {
  if (!rules.canReadThread(reader, thread, item)) return false
  return rules.canReadWords(reader, thread.changes, thread.createdAt)
}

/** The actor as threads of a body see them. */
export async function readerIn(handle: Db, actor: Actor, bodyId: string): Promise<rules.Reader> {
  const politicalGroup = membershipIn(actor, bodyId)?.politicalGroup ?? null
  const groupsAreOpen = await store.findGroupsAreOpen(handle, bodyId)
  return { userId: actor.userId, subject: subjectIn(actor, bodyId), politicalGroup, groupsAreOpen }
}

/** A person of the body as its threads see them. */
export function memberAsReader(member: BodyMember, groupsAreOpen: boolean): rules.Reader {
  const { userId, politicalGroup } = member
  return { userId, subject: member, politicalGroup, groupsAreOpen }
}

/** The signal that a meeting's threads are to be fetched again. */
export function threadsChanged(meetingId: string): Signal {
  return { kind: 'meeting-changed', meetingId, what: 'threads' }
}
