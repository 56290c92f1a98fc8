import type { ParsedMail } from 'mailparser'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db } from '@/lib/db.ts'
import { seedPeople } from '@/prisma/demo/people.ts'
import { type TestDatabase, testDatabase } from '@/prisma/testing/database.ts'
import { createUser } from '@/prisma/testing/factories.ts'
import { composeSignInMail } from './mail.ts'
import { type Browser, openBrowser, site } from './testing/browser.ts'
import { setTestEnv } from './testing/env.ts'
import { openPostOffice, type PostOffice } from './testing/post-office.ts'
import { actorFromCookies } from './token.ts'

let database: TestDatabase
let postOffice: PostOffice

beforeAll(async () => {
  database = await testDatabase()
  postOffice = await openPostOffice()
  await seedPeople(db())
})
afterAll(async () => {
  await postOffice.close()
  await database.close()
})
beforeEach(async () => {
  setTestEnv({ SMTP_URL: postOffice.url, MAIL_FROM: 'Dagsorden <dagsorden@kkr.example>' })
  await db().verificationToken.deleteMany()
})

const answerPage = '/api/auth/verify-request?provider=email&type=email'

/** Presses the button of the page a mailed link leads to. */
function confirm(browser: Browser, link: string): Promise<Response> {
  const { search } = new URL(link)
  return browser.get(`/api/auth/callback/email${search}`)
}

function addressee({ to }: ParsedMail): string | undefined {
  return Array.isArray(to) ? to[0]?.text : to?.text
}

function linkIn(text: string | undefined): string {
  return text?.match(/https?:\S+/)?.[0] ?? ''
}

test('a known address gets a mail in Danish whose link signs in once', async () => {
  const browser = openBrowser()
  const answer = await browser.post('signin/email', { email: 'SYD@kkr.example ', callbackUrl: '/moeder/1' })
  expect(answer).toEqual({ status: 200, url: answerPage })
  expect((await browser.get(answer.url)).headers.get('location')).toBe('/log-ind?besked=sendt')

  const mail = await postOffice.next()
  expect(addressee(mail)).toBe('syd@kkr.example')
  expect(mail.from?.text).toContain('dagsorden@kkr.example')
  expect(mail.subject).toBe('Dit link til Dagsorden')
  expect(mail.text).toContain('Hej Medlem, Syddjurs (blå side)')
  const link = linkIn(mail.text)
  expect(link).toMatch(`${site}/log-ind/bekraeft?`)
  expect(mail.html).toContain(link.replaceAll('&', '&amp;'))

  // Another device than the one that asked, without any cookie.
  const phone = openBrowser()
  const response = await confirm(phone, link)
  expect(response.headers.get('location')).toBe('/moeder/1')
  expect(await actorFromCookies(phone.cookie())).toMatchObject({ initials: 'syd' })
  const audited = await db().auditEvent.findFirst({ where: { act: 'signed-in' }, orderBy: { seq: 'desc' } })
  expect(audited?.data).toEqual({ by: 'email' })

  const again = openBrowser()
  const refused = await confirm(again, link)
  expect(refused.headers.get('location')).toBe('/api/auth/error?error=Verification')
  expect(await actorFromCookies(again.cookie())).toBeNull()
})

test('of two presses at once one signs in', async () => {
  await openBrowser().post('signin/email', { email: 'hor@kkr.example' })
  const link = linkIn((await postOffice.next()).text)
  const browsers = [openBrowser(), openBrowser(), openBrowser()]
  await Promise.all(browsers.map((browser) => confirm(browser, link)))
  const actors = await Promise.all(browsers.map((browser) => actorFromCookies(browser.cookie())))
  expect(actors.filter(Boolean)).toHaveLength(1)
})

test('only a hash of the token is kept, for fifteen minutes', async () => {
  const before = Date.now()
  await openBrowser().post('signin/email', { email: 'fav@kkr.example' })
  const link = linkIn((await postOffice.next()).text)
  const rows = await db().verificationToken.findMany()
  const token = new URL(link).searchParams.get('token') ?? ''
  expect(rows).toHaveLength(1)
  expect(token.length).toBeGreaterThanOrEqual(32)
  expect(JSON.stringify(rows)).not.toContain(token)
  const life = (rows[0]?.expires.getTime() ?? 0) - before
  expect(life).toBeGreaterThan(14.9 * 60_000)
  expect(life).toBeLessThan(15.5 * 60_000)
})

test('a link that ran out, a link of another address and a made-up token are refused', async () => {
  await openBrowser().post('signin/email', { email: 'fav@kkr.example' })
  const link = linkIn((await postOffice.next()).text)
  for (const bad of [link.replace('fav%40', 'jhp%40'), link.replace(/token=\w{6}/, 'token=abcdef')]) {
    expect(bad).not.toBe(link)
    const browser = openBrowser()
    const response = await confirm(browser, bad)
    expect(response.headers.get('location')).toBe('/api/auth/error?error=Verification')
    expect(await actorFromCookies(browser.cookie())).toBeNull()
  }
  await db().verificationToken.updateMany({ data: { expires: new Date(Date.now() - 1000) } })
  const late = openBrowser()
  expect((await confirm(late, link)).headers.get('location')).toBe('/api/auth/error?error=Verification')
  expect(await actorFromCookies(late.cookie())).toBeNull()
})

test('an unknown address gets the same answer, no mail, no token and no account', async () => {
  const users = await db().user.count()
  const mails = postOffice.mails.length
  const answer = await openBrowser().post('signin/email', { email: 'ukendt@kkr.example' })
  expect(answer).toEqual({ status: 200, url: answerPage })
  expect(await db().verificationToken.count()).toBe(0)
  expect(await db().user.count()).toBe(users)
  // A mail asked for afterwards comes first, so there was none before it.
  await openBrowser().post('signin/email', { email: 'obs@kkr.example' })
  expect(addressee(await postOffice.next())).toBe('obs@kkr.example')
  expect(postOffice.mails).toHaveLength(mails + 1)
})

test('nobody is buried in mails: past five unused links no more are sent', async () => {
  const flooded = await createUser({ email: 'druknet@kkr.example' })
  for (let ask = 0; ask < 9; ask += 1) {
    const answer = await openBrowser().post('signin/email', { email: flooded.email })
    expect(answer.url).toBe(answerPage)
  }
  await openBrowser().post('signin/email', { email: 'obs@kkr.example' })
  const sent: (string | undefined)[] = []
  while (sent.at(-1) !== 'obs@kkr.example') sent.push(addressee(await postOffice.next()))
  // Links asked for at the very same time may each be counted before the other is kept.
  expect(sent.filter((to) => to === flooded.email).length).toBeLessThanOrEqual(6)
  expect(sent.length).toBeGreaterThan(5)
})

test('when the mail server is away everybody is told so, known or not', async () => {
  setTestEnv({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@b.dk' })
  for (const email of ['jhp@kkr.example', 'ukendt@kkr.example', 'ikke en adresse'])
    expect((await openBrowser().post('signin/email', { email })).url).toBe(
      '/api/auth/error?error=EmailSignin',
    )
})

describe('the words of the mail', () => {
  test('are English for those who chose it', () => {
    const mail = composeSignInMail({ person: { name: 'Ann' }, url: 'https://d.example/x', locale: 'en' })
    expect(mail.subject).toBe('Your link to Dagsorden')
    expect(mail.text).toBe(
      'Hello Ann\n\nUse this link to sign in to Dagsorden:\n\nhttps://d.example/x\n\nThe link works once and for 15 minutes. If you did not ask for it, you can ignore this mail.\n',
    )
  })

  test('cannot be made into markup by a name', () => {
    const { html } = composeSignInMail({
      person: { name: '<img src=x onerror="alert(1)">' },
      url: 'https://d.example/?a=1&b="2"',
      locale: 'da',
    })
    expect(html).not.toContain('<img')
    expect(html).toContain('href="https://d.example/?a=1&amp;b=&quot;2&quot;"')
  })
})
