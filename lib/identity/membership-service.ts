import { type Db, db } from '@/lib/db.ts'
import type { Locale } from '@/lib/i18n/messages.ts'
import type { Actor, ActorMembership } from './schema.ts'
import * as store from './store.ts'
import { dayOf } from './term.ts'

/** The bodies the actor is a member of within their term, by name in Danish order. */
export async function bodiesOf(actor: Actor): Promise<{ id: string; name: string }[]> {
  const bodies = await store.findBodies(
    db(),
    actor.memberships.map(({ bodyId }) => bodyId),
  )
  return bodies.sort((one, other) => one.name.localeCompare(other.name, 'da'))
}

/**
 * Reads a person's membership of a body inside a running transaction, as it is at this moment; `today` is a day at
 * midnight UTC. Null for who has none whose term holds.
 */
export function membershipNow(
  tx: Db,
  place: { bodyId: string; userId: string; today: Date },
): Promise<ActorMembership | null> {
  return store.findMembership(tx, place)
}

/** A person of a body, with the membership that decides their rights in it. */
export type BodyMember = ActorMembership & { userId: string; name: string; initials: string }

/** The people of a body whose term holds on `today` (a day at midnight UTC), by name in Danish order. */
export async function membersNow(tx: Db, place: { bodyId: string; today: Date }): Promise<BodyMember[]> {
  const members = await store.findMembers(tx, place)
  return members.sort((one, other) => one.name.localeCompare(other.name, 'da'))
}

/** Keeps the language of what is sent to a person; does nothing for who is not signed in. */
export async function rememberLocale(actor: Actor | null, locale: Locale): Promise<void> {
  if (actor) await store.updateLocale(db(), actor.userId, locale)
}

/** A person as an actor by their id, with the memberships whose term holds at a moment; null when unknown. */
export function actorOf(userId: string, now: Date): Promise<Actor | null> {
  return store.loadActor(db(), userId, dayOf(now))
}

/** What people are called, by their ids; those who are unknown are left out. */
export async function namesOf(
  handle: Db,
  userIds: string[],
): Promise<Map<string, { name: string; initials: string }>> {
  const people = await store.findNames(handle, userIds)
  return new Map(people.map(({ id, ...names }) => [id, names]))
}
