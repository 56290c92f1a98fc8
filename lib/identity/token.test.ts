import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/db.ts'
import { demoPeople, seedPeople } from '@/prisma/demo/people.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createBody, createMembership, createUser } from '@/prisma/testing/factories.ts'
import { parseCookies, sessionSeconds } from './cookies.ts'
import { setTestEnv, testSecret } from './testing/env.ts'
import { actorFromCookies } from './token.ts'

let database: TestDatabase
let seeded: Awaited<ReturnType<typeof seedPeople>>

beforeAll(async () => {
  setTestEnv()
  database = await testDatabase()
  seeded = await seedPeople(db())
})
afterAll(() => database.close())

async function cookieFor(
  userId: string,
  { secret = testSecret, maxAge = sessionSeconds, name = 'dagsorden.session' } = {},
): Promise<string> {
  return `${name}=${await encode({ token: { sub: userId }, secret, maxAge })}`
}

test('a session cookie gives the person as the database knows them now', async () => {
  const cookie = await cookieFor(seeded.userIds.nf)
  expect(await actorFromCookies(`a=b; ${cookie}; locale=da`)).toEqual({
    userId: seeded.userIds.nf,
    name: 'Næstformand',
    initials: 'nf',
    memberships: [
      {
        bodyId: seeded.bodyId,
        role: 'chair',
        position: 'viceChair',
        politicalGroup: 'Venstre',
        side: 'blue',
        readsClosed: true,
        recusedFrom: [],
      },
    ],
  })
  await db().user.update({ where: { id: seeded.userIds.nf }, data: { name: 'Omdøbt' } })
  expect(await actorFromCookies(cookie)).toMatchObject({ name: 'Omdøbt' })
})

test('no cookie, rubbish, another secret, an old session and a gone person give nobody', async () => {
  const id = seeded.userIds.jhp
  expect(await actorFromCookies(await cookieFor(id))).not.toBeNull()
  const good = await cookieFor(id)
  for (const cookie of [
    undefined,
    null,
    '',
    'dagsorden.session=',
    'dagsorden.session=rubbish',
    'dagsorden.session=%E0%A4%A',
    `${good.slice(0, -3)}AAA`,
    await cookieFor(id, { secret: 'another secret of 32 characters.' }),
    // next-auth allows clocks 15 seconds apart.
    await cookieFor(id, { maxAge: -16 }),
    await cookieFor(id, { name: 'next-auth.session-token' }),
    await cookieFor('00000000-0000-7000-8000-000000000000'),
  ])
    expect(await actorFromCookies(cookie)).toBeNull()
})

test('over https only the cookie that is tied to the host counts', async () => {
  setTestEnv({ PUBLIC_URL: 'https://localhost' })
  const id = seeded.userIds.jhp
  expect(await actorFromCookies(await cookieFor(id))).toBeNull()
  expect(await actorFromCookies(await cookieFor(id, { name: '__Host-dagsorden.session' }))).not.toBeNull()
  setTestEnv()
})

test('a membership counts from the first to the last Danish day of its term', async () => {
  const [body, user] = [await createBody(), await createUser()]
  await createMembership({
    bodyId: body.id,
    userId: user.id,
    role: 'member',
    termFrom: new Date('2022-01-01'),
    termTo: new Date('2025-12-31'),
  })
  const cookie = await cookieFor(user.id)
  const roleAt = async (moment: string) =>
    (await actorFromCookies(cookie, () => new Date(moment)))?.memberships.map(({ role }) => role)
  expect(await roleAt('2021-12-31T22:59:59Z')).toEqual([])
  expect(await roleAt('2021-12-31T23:00:00Z')).toEqual(['member'])
  expect(await roleAt('2025-12-31T22:59:59Z')).toEqual(['member'])
  expect(await roleAt('2025-12-31T23:00:00Z')).toEqual([])
})

test('the demo has each role of the glossary, both sides, and a member without closed items; seeding twice adds nothing', async () => {
  const before = await db().membership.count()
  const again = await seedPeople(db())
  expect(again).toEqual(seeded)
  expect(await db().membership.count()).toBe(before)
  const members = demoPeople.filter(({ role }) => role === 'member')
  expect(new Set(members.map(({ side }) => side))).toEqual(new Set(['blue', 'red']))
  expect(new Set(members.map(({ politicalGroup }) => politicalGroup)).size).toBeGreaterThan(2)
  expect(members.some(({ readsClosed }) => !readsClosed)).toBe(true)
  expect(demoPeople.map(({ role, position }) => position ?? role).toSorted()).toEqual(
    [
      ...['secretariat', 'secretariat', 'chair', 'viceChair'],
      ...['member', 'member', 'member', 'member', 'substitute', 'observer', 'administrator'],
    ].toSorted(),
  )
})

test('a Cookie header is read leniently and never throws', () => {
  expect(parseCookies('a=1; b = 2;c=%20x=y; ; =z; d; a=9; bad=%')).toEqual({ a: '1', b: '2', c: ' x=y' })
})
