import type { Role, Subject } from './rules.ts'

/** One membership of a signed-in person, within its term. */
export type ActorMembership = {
  bodyId: string
  role: Role
  position: 'chair' | 'viceChair' | null
  politicalGroup: string | null
  side: 'blue' | 'red' | null
  readsClosed: boolean
  /** Ids of the items of the body they are disqualified from. */
  recusedFrom: string[]
}

/** The signed-in person on whose behalf a service works, read anew from the database for each request. */
export type Actor = { userId: string; name: string; initials: string; memberships: ActorMembership[] }

/** The actor's membership of a body, or null. */
export function membershipIn(actor: Actor | null, bodyId: string): ActorMembership | null {
  return actor?.memberships.find((membership) => membership.bodyId === bodyId) ?? null
}

/** The actor as the rights table wants to see them in one body. */
export function subjectIn(actor: Actor | null, bodyId: string): Subject {
  return membershipIn(actor, bodyId)
}
