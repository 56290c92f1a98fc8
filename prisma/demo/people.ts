import type { Db } from '@/lib/db.ts'
import type { ActorMembership } from '@/lib/identity/schema.ts'

/** The body of the demo. */
export const demoBody = { slug: 'kkr-midtjylland', name: 'KKR Midtjylland' } as const

type DemoPerson = Omit<ActorMembership, 'bodyId' | 'recusedFrom'> & { initials: string; name: string }

const office = { position: null, politicalGroup: null, side: null, readsClosed: true } as const
const member = { role: 'member', position: null, readsClosed: true } as const

/** The people of the demo: roles, not persons. Their initials name them in tests too. */
export const demoPeople = [
  { ...office, initials: 'jhp', name: 'Sekretariatet (jhp)', role: 'secretariat' },
  { ...office, initials: 'chbo', name: 'Sekretariatet (chbo)', role: 'secretariat' },
  {
    ...office,
    initials: 'fo',
    name: 'Formand',
    role: 'chair',
    position: 'chair',
    politicalGroup: 'Socialdemokratiet',
    side: 'red',
  },
  {
    ...office,
    initials: 'nf',
    name: 'Næstformand',
    role: 'chair',
    position: 'viceChair',
    politicalGroup: 'Venstre',
    side: 'blue',
  },
  {
    ...member,
    initials: 'syd',
    name: 'Medlem, Syddjurs (blå side)',
    politicalGroup: 'Venstre',
    side: 'blue',
  },
  {
    ...member,
    initials: 'hor',
    name: 'Medlem, Horsens (blå side)',
    politicalGroup: 'Det Konservative Folkeparti',
    side: 'blue',
  },
  {
    ...member,
    initials: 'fav',
    name: 'Medlem, Favrskov (rød side)',
    politicalGroup: 'Socialdemokratiet',
    side: 'red',
  },
  {
    ...member,
    initials: 'odd',
    name: 'Medlem, Odder (rød side)',
    politicalGroup: 'SF',
    side: 'red',
    readsClosed: false,
  },
  {
    initials: 'sup',
    name: 'Suppleant, Samsø (rød side)',
    role: 'substitute',
    position: null,
    politicalGroup: 'SF',
    side: 'red',
    readsClosed: true,
  },
  { ...office, initials: 'obs', name: 'Observatør', role: 'observer', readsClosed: false },
  { ...office, initials: 'adm', name: 'Administrator', role: 'administrator', readsClosed: false },
] as const satisfies readonly DemoPerson[]

export type DemoInitials = (typeof demoPeople)[number]['initials']

/** The address of a demo person; no mail reaches `.example`. */
export function demoEmail(initials: DemoInitials): string {
  return `${initials}@kkr.example`
}

/**
 * Puts the demo body and its people in the database and answers their ids. What stands already is left as it is, so
 * it may run at every start.
 */
export async function seedPeople(
  db: Db,
): Promise<{ bodyId: string; userIds: Readonly<Record<DemoInitials, string>> }> {
  const { id: bodyId } = await db.body.upsert({
    where: { slug: demoBody.slug },
    create: demoBody,
    update: {},
  })
  const userIds = new Map<DemoInitials, string>()
  for (const { initials, name, ...membership } of demoPeople) {
    const email = demoEmail(initials)
    const user = await db.user.upsert({ where: { email }, create: { email, name, initials }, update: {} })
    await db.membership.upsert({
      where: { bodyId_userId: { bodyId, userId: user.id } },
      create: { ...membership, bodyId, userId: user.id, termFrom: new Date('2018-01-01T00:00:00Z') },
      update: {},
    })
    userIds.set(initials, user.id)
  }
  return { bodyId, userIds: Object.fromEntries(userIds) as Record<DemoInitials, string> }
}
