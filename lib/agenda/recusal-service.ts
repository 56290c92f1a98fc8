import { audit } from '@/lib/audit.ts'
import { type Clock, systemClock } from '@/lib/clock.ts'
import { db, transaction } from '@/lib/db.ts'
import { AppError } from '@/lib/errors.ts'
import { membersNow } from '@/lib/identity/membership-service.ts'
import { canBeRecused, isRecused } from '@/lib/identity/rules.ts'
import type { Actor } from '@/lib/identity/schema.ts'
import { dayOf } from '@/lib/identity/term.ts'
import { signal, wordsChanged } from '@/lib/signals.ts'
import type { RecusablePerson } from './schema.ts'
import { itemFor, judged, liveItem } from './service.ts'
import * as store from './store.ts'

/** Those who take part in deciding an item, and who of them is disqualified from it. Refuses with not-found or forbidden. */
export async function recusable(
  actor: Actor,
  { itemId }: { itemId: string },
  clock: Clock = systemClock,
): Promise<RecusablePerson[]> {
  const { bodyId } = await itemFor(actor, itemId, 'moderate')
  const members = await membersNow(db(), { bodyId, today: dayOf(clock()) })
  return members
    .filter(({ role }) => canBeRecused(role))
    .map((member) => ({ userId: member.userId, name: member.name, isRecused: isRecused(member, itemId) }))
}

/**
 * Disqualifies a person from an item at once, open pages and sockets too, or calls that off. Doing it twice is doing it
 * once. Refuses with not-found, forbidden, or invalid-input for who takes no part in deciding it.
 */
export async function recuse(
  actor: Actor,
  { itemId, userId, recused }: { itemId: string; userId: string; recused: boolean },
  clock: Clock = systemClock,
): Promise<void> {
  await transaction(async (tx) => {
    const { bodyId, meetingId } = judged(await liveItem(tx, itemId), actor, 'moderate')
    const members = await membersNow(tx, { bodyId, today: dayOf(clock()) })
    const member = members.find((one) => one.userId === userId)
    if (!member || !canBeRecused(member.role)) throw new AppError('invalid-input')
    if (!(await store.setRecusal(tx, { itemId, userId, byId: actor.userId, recused }))) return
    const act = recused ? 'member-recused' : 'recusal-ended'
    await audit(tx, { bodyId, userId: actor.userId, act, subjectId: itemId, data: { userId } })
    await signal(tx, { kind: 'item-rights-changed', itemId }, ...wordsChanged(meetingId))
  })
}
