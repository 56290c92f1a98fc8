import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/db.ts'
import { demoEmail, seedPeople } from '@/prisma/demo/people.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { claimsSchema, verifiedEmail } from './oidc.ts'
import { type Browser, openBrowser } from './testing/browser.ts'
import { setTestEnv } from './testing/env.ts'
import { type IdentityProvider, openIdentityProvider } from './testing/identity-provider.ts'
import { actorFromCookies } from './token.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
  await seedPeople(db())
})
afterAll(() => database.close())

/** Presses the provider's button and signs in there; answers where our site leads in the end. */
async function signIn(browser: Browser, provider: IdentityProvider, sub: string): Promise<string | null> {
  const { url } = await browser.post('signin/oidc', { callbackUrl: '/moeder/2' })
  const back = await provider.signIn(url, sub)
  return (await browser.get(back)).headers.get('location')
}

describe.each(['in-id-token', 'at-userinfo'] as const)('a provider with the address %s', (where) => {
  let provider: IdentityProvider

  beforeAll(async () => {
    provider = await openIdentityProvider(where)
  })
  afterAll(() => provider.close())
  beforeEach(async () => {
    setTestEnv({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: provider.client.id,
      OIDC_CLIENT_SECRET: provider.client.secret,
    })
    await db().account.deleteMany()
    provider.people.set('a', { sub: 'a', email: 'HOR@kkr.example', email_verified: true })
    provider.people.set('b', { sub: 'b', email: demoEmail('fav'), email_verified: false })
    provider.people.set('c', { sub: 'c', email: 'fremmed@andetsteds.example', email_verified: true })
  })

  test('signs in the person with that verified address, links the account and leaves an audit row', async () => {
    const browser = openBrowser()
    expect(await signIn(browser, provider, 'a')).toBe('/moeder/2')
    const actor = await actorFromCookies(browser.cookie())
    expect(actor).toMatchObject({ initials: 'hor' })
    expect(await db().account.findMany()).toMatchObject([
      { userId: actor?.userId, provider: 'oidc', providerAccountId: 'a' },
    ])
    const audited = await db().auditEvent.findFirst({ where: { act: 'signed-in' }, orderBy: { seq: 'desc' } })
    expect(audited).toMatchObject({ userId: actor?.userId, data: { by: 'oidc' } })
  })

  test('knows a linked account again whatever its address is now, and links it once', async () => {
    await signIn(openBrowser(), provider, 'a')
    provider.people.set('a', { sub: 'a', email: 'nyt.navn@kkr.example', email_verified: false })
    const browser = openBrowser()
    expect(await signIn(browser, provider, 'a')).toBe('/moeder/2')
    expect(await actorFromCookies(browser.cookie())).toMatchObject({ initials: 'hor' })
    expect(await db().account.count()).toBe(1)
  })

  test.each([
    ['b', 'an address the provider did not verify'],
    ['c', 'an address nobody here has'],
  ])('refuses %s: %s', async (sub) => {
    const users = await db().user.count()
    const browser = openBrowser()
    expect(await signIn(browser, provider, sub)).toBe('/api/auth/error?error=AccessDenied')
    expect(await actorFromCookies(browser.cookie())).toBeNull()
    expect(await db().account.count()).toBe(0)
    expect(await db().user.count()).toBe(users)
  })

  test('never links an account to whoever happens to be signed in', async () => {
    const browser = openBrowser()
    await signIn(browser, provider, 'a')
    provider.people.set('d', { sub: 'd', email: demoEmail('odd'), email_verified: true })
    expect(await signIn(browser, provider, 'd')).toBe('/moeder/2')
    expect(await actorFromCookies(browser.cookie())).toMatchObject({ initials: 'odd' })
    expect(await signIn(browser, provider, 'c')).toBe('/api/auth/error?error=AccessDenied')
    const accounts = await db().account.findMany({ include: { user: true } })
    expect(accounts.map(({ providerAccountId, user }) => [providerAccountId, user.initials])).toEqual([
      ['a', 'hor'],
      ['d', 'odd'],
    ])
  })

  test('refuses an answer that another browser asked for', async () => {
    const [mine, theirs] = [openBrowser(), openBrowser()]
    const { url } = await mine.post('signin/oidc', {})
    await theirs.post('signin/oidc', {})
    const back = await provider.signIn(url, 'a')
    expect((await theirs.get(back)).headers.get('location')).toBe('/api/auth/error?error=OAuthCallback')
    expect(await actorFromCookies(theirs.cookie())).toBeNull()
    expect((await openBrowser().get(back)).headers.get('location')).toBe(
      '/api/auth/error?error=OAuthCallback',
    )
  })
})

test('a provider that is away is told of, and nobody is signed in', async () => {
  setTestEnv({ OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' })
  const browser = openBrowser()
  expect((await browser.post('signin/oidc', {})).url).toBe('/api/auth/error?error=OAuthSignin')
  expect((await browser.get('/api/auth/error?error=OAuthSignin')).headers.get('location')).toBe(
    '/api/auth/signin?error=OAuthSignin',
  )
})

test.each([
  [{ sub: 'a', email: 'x@y.dk', email_verified: true }, 'x@y.dk'],
  [{ sub: 'a', email: 'x@y.dk', email_verified: 'true' }, 'x@y.dk'],
  [{ sub: 'a', email: 'x@y.dk', email_verified: 'false' }, null],
  [{ sub: 'a', email: 'x@y.dk', email_verified: false }, null],
  [{ sub: 'a', email: 'x@y.dk' }, null],
  [{ sub: 'a', email_verified: true }, null],
])('%o vouches for %s', (claims, expected) => {
  expect(verifiedEmail(claimsSchema.parse(claims))).toBe(expected)
})
