import { askOn, type Db } from '@/lib/db.ts'
import type { Actor, ActorMembership } from './schema.ts'
import { inTerm } from './term.ts'

/** What sign-in needs to know of a person. */
export type Person = { id: string; email: string; name: string; initials: string }

/** A person's account at an identity provider. */
export type ProviderAccount = { provider: string; providerAccountId: string }

/** One e-mail link: who it is for, the hash of its token, and until when it works. */
export type SignInToken = { identifier: string; token: string; expires: Date }

const person = { id: true, email: true, name: true, initials: true } as const

const membership = {
  bodyId: true,
  role: true,
  position: true,
  politicalGroup: true,
  side: true,
  readsClosed: true,
} as const

const recusals = {
  select: { itemId: true, item: { select: { meeting: { select: { bodyId: true } } } } },
} as const

type RecusalRows = { itemId: string; item: { meeting: { bodyId: string } } }[]

function recusedFrom(rows: RecusalRows, bodyId: string): string[] {
  return rows.flatMap(({ itemId, item }) => (item.meeting.bodyId === bodyId ? [itemId] : []))
}

type ActorRow = { name: string; initials: string; membership: ActorMembership | null }

/**
 * Reads a person with the memberships whose term holds on `today` (a day, midnight UTC); null when unknown. Asked for
 * each page and each socket: one plain statement.
 */
export async function loadActor(db: Db, userId: string, today: Date): Promise<Actor | null> {
  const rows = await askOn(db)<ActorRow>(
    `SELECT u."name", u."initials",
      CASE WHEN m."id" IS NULL THEN NULL ELSE json_build_object(
        'bodyId', m."bodyId", 'role', m."role", 'position', m."position", 'politicalGroup', m."politicalGroup",
        'side', m."side", 'readsClosed', m."readsClosed",
        'recusedFrom', coalesce((
          SELECT json_agg(r."itemId") FROM "Recusal" r
          JOIN "Item" i ON i."id" = r."itemId" JOIN "Meeting" g ON g."id" = i."meetingId"
          WHERE r."userId" = u."id" AND g."bodyId" = m."bodyId"), '[]'::json)) END AS membership
    FROM "User" u LEFT JOIN "Membership" m
      ON m."userId" = u."id" AND m."termFrom" <= $2::date AND (m."termTo" IS NULL OR m."termTo" >= $2::date)
    WHERE u."id" = $1 ORDER BY m."id"`,
    [userId, today.toISOString()],
  )
  const [first] = rows
  if (!first) return null
  const memberships = rows.flatMap(({ membership: held }) => (held ? [held] : []))
  return { userId, name: first.name, initials: first.initials, memberships }
}

/** Reads a person's membership of a body whose term holds on `today` (a day, midnight UTC), or null. */
export async function findMembership(
  db: Db,
  { bodyId, userId, today }: { bodyId: string; userId: string; today: Date },
): Promise<ActorMembership | null> {
  const row = await db.membership.findFirst({
    where: { bodyId, userId, ...inTerm(today) },
    select: { ...membership, user: { select: { recusals } } },
  })
  if (!row) return null
  const { user, ...held } = row
  return { ...held, recusedFrom: recusedFrom(user.recusals, bodyId) }
}

/** The people of a body whose term holds on `today` (a day, midnight UTC), in no order. */
export async function findMembers(
  db: Db,
  { bodyId, today }: { bodyId: string; today: Date },
): Promise<(ActorMembership & { userId: string; name: string; initials: string })[]> {
  const rows = await db.membership.findMany({
    where: { bodyId, ...inTerm(today) },
    select: { ...membership, userId: true, user: { select: { name: true, initials: true, recusals } } },
  })
  return rows.map(({ user: { recusals: own, ...names }, ...row }) => {
    return { ...row, ...names, recusedFrom: recusedFrom(own, bodyId) }
  })
}

/** The names of bodies, in no order; ids that are not known are left out. */
export function findBodies(db: Db, ids: string[]): Promise<{ id: string; name: string }[]> {
  return db.body.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
}

/** Finds a person by id. */
export function findUser(db: Db, id: string): Promise<Person | null> {
  return db.user.findUnique({ where: { id }, select: person })
}

/** Finds a person by e-mail address, in any letter case. */
export function findUserByEmail(db: Db, email: string): Promise<Person | null> {
  return db.user.findUnique({ where: { email: email.toLowerCase() }, select: person })
}

/** Finds the person an identity provider's account was linked to. */
export async function findUserByAccount(db: Db, account: ProviderAccount): Promise<Person | null> {
  const found = await db.account.findUnique({
    where: { provider_providerAccountId: account },
    select: { user: { select: person } },
  })
  return found?.user ?? null
}

/** Links an identity provider's account to a person; linking twice changes nothing. */
export async function linkAccount(db: Db, userId: string, account: ProviderAccount): Promise<void> {
  await db.account.createMany({ data: [{ userId, ...account }], skipDuplicates: true })
}

/** Keeps the hash of a new e-mail link and clears away those that ran out. */
export async function keepToken(db: Db, token: SignInToken, now: Date): Promise<void> {
  await db.verificationToken.deleteMany({ where: { expires: { lt: now } } })
  await db.verificationToken.create({ data: token })
}

/** How many unused links an address has that still work. */
export function countTokens(db: Db, identifier: string, now: Date): Promise<number> {
  return db.verificationToken.count({ where: { identifier, expires: { gte: now } } })
}

/** Takes a link out of the store: of two that try at once, one gets it and the other gets null. */
export async function takeToken(
  db: Db,
  key: { identifier: string; token: string },
): Promise<SignInToken | null> {
  const found = await db.verificationToken.findUnique({ where: { identifier_token: key } })
  if (!found) return null
  const { count } = await db.verificationToken.deleteMany({ where: key })
  return count === 1 ? found : null
}

/** A person of the demo with one of their memberships. */
export type DemoRow = Person & {
  membership: Pick<Actor['memberships'][number], 'role' | 'position' | 'readsClosed'>
}

/** The people who may be signed in as by one click: those with an address under `.example`, which no mail reaches. */
export async function listDemoPeople(db: Db, today: Date): Promise<DemoRow[]> {
  const users = await db.user.findMany({
    where: { email: { endsWith: '.example' } },
    select: {
      ...person,
      memberships: {
        where: inTerm(today),
        select: { role: true, position: true, readsClosed: true },
        take: 1,
      },
    },
    orderBy: { id: 'asc' },
  })
  return users.flatMap(({ memberships, ...rest }) =>
    memberships.map((membership) => ({ ...rest, membership })),
  )
}

/** Keeps the language of what is sent to a person. */
export async function updateLocale(db: Db, userId: string, locale: string): Promise<void> {
  await db.user.updateMany({ where: { id: userId }, data: { locale } })
}

/** Reads what people are called. */
export function findNames(db: Db, ids: string[]) {
  return db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true, initials: true } })
}
