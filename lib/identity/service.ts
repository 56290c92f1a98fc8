import { type Clock, systemClock } from '@/lib/clock.ts'
import { db } from '@/lib/db.ts'
import { demoSignIn, env } from '@/lib/env.ts'
import { safeReturnPath } from './return-path.ts'
import { type Role, roles } from './rules.ts'
import * as store from './store.ts'
import { dayOf } from './term.ts'

/** Somebody who can be signed in as by one click, while demo sign-in is on. */
export type DemoPerson = {
  id: string
  name: string
  initials: string
  role: Role
  /** Does this member or substitute read closed items? True for everybody else, whose role says it. */
  readsClosed: boolean
}

/** The ways to sign in that this installation offers. */
export type SignInWays = {
  demo: DemoPerson[] | null
  email: boolean
  oidc: { name: string } | null
}

/** Is demo sign-in on? The interface says so on every page. */
export function isDemoOn(): boolean {
  return demoSignIn(env())
}

/** Reads what the sign-in page offers; the demo's people by role, as the roles are listed. */
export async function signInWays(clock: Clock = systemClock): Promise<SignInWays> {
  const { smtpUrl, oidcIssuer, oidcName } = env()
  return {
    demo: isDemoOn() ? await demoPeople(clock) : null,
    email: smtpUrl !== null,
    oidc: oidcIssuer === null ? null : { name: oidcName },
  }
}

/** Finds one of the demo's people by id; null for everybody else and whenever demo sign-in is off. */
export async function findDemoPerson(id: string, clock: Clock = systemClock): Promise<DemoPerson | null> {
  if (!isDemoOn()) return null
  return (await demoPeople(clock)).find((person) => person.id === id) ?? null
}

async function demoPeople(clock: Clock): Promise<DemoPerson[]> {
  const rows = await store.listDemoPeople(db(), dayOf(clock()))
  const rank = ({ membership }: store.DemoRow) =>
    roles.indexOf(membership.role) * 2 + (membership.position === 'viceChair' ? 1 : 0)
  return rows
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'da'))
    .map(({ id, name, initials, membership: { role, readsClosed } }) => ({
      id,
      name,
      initials,
      role,
      readsClosed: readsClosed || (role !== 'member' && role !== 'substitute'),
    }))
}

/** Where to go after sign-in: the path asked for, when it is one of this site. */
export function returnPath(wanted: string | undefined): string {
  return safeReturnPath(wanted, env().publicUrl)
}
