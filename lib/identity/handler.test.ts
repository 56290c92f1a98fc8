import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/db.ts'
import { seedPeople } from '@/prisma/demo/people.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { signalsOf } from '@/prisma/testing/signals.ts'
import { handleAuth } from './handler.ts'
import { openBrowser, site } from './testing/browser.ts'
import { setTestEnv } from './testing/env.ts'
import { actorFromCookies } from './token.ts'

let database: TestDatabase
let userIds: Awaited<ReturnType<typeof seedPeople>>['userIds']

beforeAll(async () => {
  database = await testDatabase()
  userIds = (await seedPeople(db())).userIds
})
afterAll(() => database.close())
beforeEach(() => setTestEnv())

const signedInRows = () => db().auditEvent.findMany({ where: { act: 'signed-in' }, orderBy: { seq: 'asc' } })

describe('demo sign-in', () => {
  test('one press signs in as that person and leaves an audit row', async () => {
    const browser = openBrowser()
    const answer = await browser.post('callback/demo', { personId: userIds.fo, callbackUrl: '/moeder/1' })
    expect(answer).toEqual({ status: 200, url: '/moeder/1' })
    expect(await actorFromCookies(browser.cookie())).toMatchObject({ userId: userIds.fo, name: 'Formand' })
    expect((await signedInRows()).at(-1)).toMatchObject({
      userId: userIds.fo,
      subjectId: userIds.fo,
      data: { by: 'demo' },
    })
  })

  test('signing in as another person replaces the first', async () => {
    const browser = openBrowser()
    await browser.post('callback/demo', { personId: userIds.fo })
    await browser.post('callback/demo', { personId: userIds.odd })
    expect(await actorFromCookies(browser.cookie())).toMatchObject({ userId: userIds.odd })
  })

  test('the cookie is HttpOnly, Lax and not Secure on http; Secure and tied to the host on https', async () => {
    expect(await sessionCookieLine()).toMatch(/^dagsorden\.session=[^;]+; Path=\/; .*HttpOnly; SameSite=Lax$/)
    setTestEnv({ PUBLIC_URL: 'https://localhost' })
    expect(await sessionCookieLine()).toMatch(
      /^__Host-dagsorden\.session=[^;]+; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  async function sessionCookieLine(): Promise<string | undefined> {
    const browser = openBrowser()
    const { csrfToken } = (await (await browser.get('/api/auth/csrf')).json()) as { csrfToken: string }
    const response = await handleAuth(
      new Request(`${site}/api/auth/callback/demo`, {
        method: 'POST',
        headers: { cookie: browser.cookie() },
        body: new URLSearchParams({ csrfToken, personId: userIds.jhp }),
      }),
    )
    return response.headers.getSetCookie().find((line) => line.includes('dagsorden.session='))
  }

  test('is refused without the CSRF token', async () => {
    const response = await handleAuth(
      new Request(`${site}/api/auth/callback/demo`, {
        method: 'POST',
        body: new URLSearchParams({ personId: userIds.jhp }),
      }),
    )
    expect(response.headers.getSetCookie().join()).not.toContain('dagsorden.session')
  })

  test('is refused on the server when it is off', async () => {
    for (const settings of [
      { DEMO: 'off', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.dk' },
      { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' },
      { HOST: '0.0.0.0', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.dk' },
    ]) {
      setTestEnv()
      const browser = openBrowser()
      const csrf = (await (await browser.get('/api/auth/csrf')).json()) as { csrfToken: string }
      setTestEnv(settings)
      const response = await handleAuth(
        new Request(`${site}/api/auth/callback/demo`, {
          method: 'POST',
          headers: { cookie: browser.cookie() },
          body: new URLSearchParams({ ...csrf, personId: userIds.jhp }),
        }),
      )
      expect(response.status).toBe(400)
      expect(response.headers.getSetCookie().join()).not.toContain('dagsorden.session')
    }
  })

  test('is refused for a person with a real address, and for nobody at all', async () => {
    const real = await db().user.create({ data: { email: 'ægte@kommune.dk', name: 'Ægte', initials: 'ae' } })
    for (const personId of [real.id, 'findes-ikke', '']) {
      const browser = openBrowser()
      const answer = await browser.post('callback/demo', { personId })
      expect(answer).toMatchObject({ status: 401, url: expect.stringContaining('error=CredentialsSignin') })
      expect(await actorFromCookies(browser.cookie())).toBeNull()
    }
  })
})

describe('where sign-in leads', () => {
  test.each([
    ['/moeder/7?x=1#a', '/moeder/7?x=1#a'],
    [`${site}/moeder/7`, '/moeder/7'],
    ['https://evil.example/x', '/'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    [`${site}//evil.example`, '/'],
    ['javascript:alert(1)', '/'],
  ])('%s → %s', async (callbackUrl, expected) => {
    const answer = await openBrowser().post('callback/demo', { personId: userIds.jhp, callbackUrl })
    expect(answer.url).toBe(expected)
  })
})

test('sign-out clears the cookie, tells the sockets and says so', async () => {
  const browser = openBrowser()
  await browser.post('callback/demo', { personId: userIds.nf })
  const told = await signalsOf(async () => {
    const answer = await browser.post('signout', { callbackUrl: '/log-ind?besked=logget-ud' })
    expect(answer.url).toBe('/log-ind?besked=logget-ud')
  })
  expect(browser.cookies()).not.toHaveProperty(['dagsorden.session'])
  expect(told).toEqual([{ kind: 'signed-out', userId: userIds.nf }])
})

test.each(['session', 'providers', '_log', 'signout', ''])('GET /api/auth/%s is shut', async (action) => {
  expect((await openBrowser().get(`/api/auth/${action}`)).status).toBe(404)
})

test('errors and refusals lead to the sign-in page of this site', async () => {
  const response = await openBrowser().get('/api/auth/error?error=AccessDenied')
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe('/log-ind?error=AccessDenied')
})
