import { openPostOffice, type PostOffice } from '@/lib/identity/testing/post-office.ts'
import { expectSound } from './support/axe.ts'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

test('a secretary signs in and sees the coming meeting; a stranger is sent to the sign-in page', async ({
  browser,
  page,
}) => {
  const secretary = await arrive(await browser.newContext(), 'jhp', server.url)
  await expect(secretary.getByText('KKR Midtjylland').first()).toBeVisible()
  await expect(secretary.getByText('Viborg').first()).toBeVisible()
  await page.goto(server.url)
  await expect(page).toHaveURL(/\/log-ind/)
})

test('the page asked for comes after sign-in; the menu changes language and signs out', async ({ page }) => {
  await page.goto(`${server.url}/log-ind?callbackUrl=/import`)
  await expectSound(page, 'sign-in')
  await page.getByRole('button', { name: 'Sekretariatet (jhp)', exact: true }).click()
  await expect(page).toHaveURL(`${server.url}/import`)

  await page.goto(server.url)
  await page.getByRole('button', { name: 'Din konto: Sekretariatet (jhp)' }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Your account: Sekretariatet (jhp)' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByText('You are signed out.')).toBeVisible()

  await page.goto(`${server.url}/import`)
  await expect(page).toHaveURL(/log-ind/)
})

test('a person is chosen with the keyboard alone, on a narrow screen too', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`${server.url}/log-ind`)
  const chair = page.getByRole('button', { name: 'Formand', exact: true })
  for (let press = 0; press < 20; press += 1) {
    if (await chair.evaluate((button) => button === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(chair).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${server.url}/`)
})

test.describe('with a mail server', () => {
  let mailing: TestServer
  let postOffice: PostOffice
  test.beforeAll(async () => {
    postOffice = await openPostOffice()
    mailing = await startServer({ env: { SMTP_URL: postOffice.url, MAIL_FROM: 'dagsorden@kkr.example' } })
  })
  test.afterAll(async () => {
    await mailing.dispose()
    await postOffice.close()
  })

  test('a link comes by mail and signs in once; no demo person is offered', async ({ page, browser }) => {
    await page.goto(`${mailing.url}/log-ind`)
    await expect(page.getByRole('button', { name: 'Formand', exact: true })).toHaveCount(0)
    await expectSound(page, 'sign-in')
    await page.getByLabel('E-mail').fill('fo@kkr.example')
    await page.getByRole('button', { name: 'Send link' }).click()
    await expect(page.getByText('Tjek din indbakke')).toBeVisible()

    const link = (await postOffice.next()).text?.match(/https?:\S+/)?.[0] ?? ''
    await page.goto(link)
    await expectSound(page, 'sign-in')
    await page.getByRole('button', { name: 'Log ind' }).click()
    await expect(page.getByRole('button', { name: 'Din konto: Formand' })).toBeVisible()

    const other = await (await browser.newContext({ locale: 'da-DK' })).newPage()
    await other.goto(link)
    await other.getByRole('button', { name: 'Log ind' }).click()
    await expect(other.getByText('Linket er allerede brugt')).toBeVisible()
    await other.context().close()
  })
})
