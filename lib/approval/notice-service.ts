import { type ExactItem, itemFor } from '@/lib/agenda/service.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { type Db, db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { actorOf, membersNow } from '@/lib/identity/membership-service.ts'
import { canItem } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import type { NoticeKind } from '@/lib/notices/schema.ts'
import { notify } from '@/lib/notices/service.ts'
import * as store from './store.ts'

type Told = { exact: ExactItem; actorId: string; now: Date }

/** Tells who wrote an item that it was returned. */
export function tellOfReturn(tx: Db, told: Told & { verdictId: string }): Promise<void> {
  return tellWriters(tx, { ...told, kind: 'item-returned', subjectId: told.verdictId })
}

/** Tells who wrote an item that somebody approved it. */
export function tellOfApproval(tx: Db, told: Told & { verdictId: string }): Promise<void> {
  return tellWriters(tx, { ...told, kind: 'item-approved', subjectId: told.verdictId })
}

/**
 * Tells the chairmanship that an item waits for it; those who returned it are told that they were answered.
 * `versionId` is that of the words it was sent with.
 */
export async function tellOfSubmission(
  tx: Db,
  { exact, actorId, now, versionId, returnedBy }: Told & { versionId: string; returnedBy: readonly string[] },
): Promise<void> {
  const { bodyId, facts } = exact
  const members = await membersNow(tx, { bodyId, today: dayOf(now) })
  const readers = members.filter(
    (member) => canItem(member, 'read', facts) && canItem(member, 'approve', facts),
  )
  await notify(
    tx,
    readers.map(({ userId }) => ({
      ...about(exact),
      userId,
      kind: returnedBy.includes(userId) ? ('return-answered' as const) : ('item-submitted' as const),
      subjectId: versionId,
      actorId,
    })),
  )
}

/**
 * Tells those whose approval has lapsed because the words are others now, each once of an approval. To be called every
 * minute or so: most of what somebody writes is over by then.
 */
export async function tellOfLapses(clock: Clock = systemClock): Promise<void> {
  for (const { id, userId, ...place } of await store.findLapsed(db())) {
    const actor = await actorOf(userId, clock())
    if (!actor || !(await mayRead(actor, place.itemId))) continue
    const notice = { ...place, userId, kind: 'approval-lapsed', subjectId: id, actorId: null } as const
    await transaction((tx) => notify(tx, [notice], clock))
  }
}

async function mayRead(actor: Actor, itemId: string): Promise<boolean> {
  try {
    await itemFor(actor, itemId, 'read')
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** Its caseworkers in the secretariat, or all of that where none is known. */
async function tellWriters(
  tx: Db,
  { exact, actorId, now, kind, subjectId }: Told & { kind: NoticeKind; subjectId: string },
): Promise<void> {
  const { bodyId, facts, content } = exact
  const members = await membersNow(tx, { bodyId, today: dayOf(now) })
  const office = members.filter((member) => member.role === 'secretariat' && canItem(member, 'read', facts))
  const wrote = new Set(content.caseworkers.map((initials) => initials.toLowerCase()))
  const writers = office.filter(({ initials }) => wrote.has(initials.toLowerCase()))
  const told = writers.length > 0 ? writers : office
  await notify(
    tx,
    told.map(({ userId }) => ({ ...about(exact), userId, kind, subjectId, actorId })),
  )
}

function about({ bodyId, meetingId, itemId }: ExactItem) {
  return { bodyId, meetingId, itemId }
}
