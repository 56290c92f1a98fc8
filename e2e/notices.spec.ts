import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from '@playwright/test'
import { openPostOffice, type PostOffice } from '@/lib/identity/testing/post-office.ts'
import { startServer, type TestServer } from './support/server.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
let postOffice: PostOffice
test.beforeAll(async () => {
  postOffice = await openPostOffice()
  server = await startServer({ env: { SMTP_URL: postOffice.url, MAIL_FROM: 'dagsorden@kkr.example' } })
})
test.afterAll(async () => {
  await server.dispose()
  await postOffice.close()
})

/** Signs somebody in by a mailed link, as there is no demo sign-in where there is a mail server. */
async function arriveByMail(browser: Browser, email: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'da-DK' })).newPage()
  await page.goto(`${server.url}/log-ind`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByText('Tjek din indbakke')).toBeVisible()
  await page.goto((await postOffice.next()).text?.match(/https?:\S+/)?.[0] ?? '')
  await page.getByRole('button', { name: 'Log ind' }).click()
  await expect(page.getByRole('button', { name: /Din konto/ })).toBeVisible()
  return page
}

async function expectNoFault(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
}

test('a return reaches the caseworker by mail and in the list, and leads to its place', async ({
  browser,
}) => {
  const chair = await arriveByMail(browser, 'fo@kkr.example')
  await chair
    .getByRole('link', { name: /Godkend/ })
    .first()
    .click()
  await chair.waitForURL(/godkend/)
  const jhp = await arriveByMail(browser, 'jhp@kkr.example')
  await jhp.goto(chair.url().replace(/\/godkend.*/, ''))
  await expect(jhp.getByRole('link', { name: 'Beskeder', exact: true })).toBeVisible()
  await expect(jhp.getByText('Gemt')).toBeVisible()
  await chair.getByRole('button', { name: 'Returner' }).click()
  const dialog = chair.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Mangler økonomi')
  await dialog.getByRole('button', { name: 'Returner' }).click()

  const mail = await postOffice.next()
  expect(mail.subject).toMatch(/^KKR Midtjylland: Punkt \d+\.\d+ er returneret med en bemærkning af Formand$/)
  expect(`${mail.text}${mail.html}`).not.toContain('økonomi')

  await jhp.getByRole('link', { name: 'Beskeder: 1 ulæst' }).click()
  await expectNoFault(jhp)
  const told = jhp.getByRole('link', { name: /er returneret med en bemærkning/ })
  await expect(told).toBeVisible()
  await told.click()
  await expect(jhp).toHaveURL(/\/moeder\/[^/]+#item-/)
  await jhp.goto(`${server.url}/besked`)
  await expect(jhp.getByRole('link', { name: 'Beskeder', exact: true })).toBeVisible()
  await expect(jhp.getByText('Ulæst')).toHaveCount(0)

  await jhp.getByRole('link', { name: 'Udbakke' }).click()
  await expect(jhp.getByText(/^Sendt i dag/)).toBeVisible()
  await expectNoFault(jhp)
  await jhp.goto(mail.text?.match(/https?:\S+indstillinger/)?.[0] ?? '')
  await jhp.getByLabel('Samlet dagligt').check()
  await jhp.getByRole('button', { name: 'Gem' }).click()
  await expect(jhp.getByText('Gemt.')).toBeVisible()
  await expectNoFault(jhp)
  await jhp.reload()
  await expect(jhp.getByLabel('Samlet dagligt')).toBeChecked()

  await chair.goto(`${server.url}/besked`)
  await expect(chair.getByRole('link', { name: /er sendt til godkendelse/ })).toHaveCount(8)
  await expect(chair.getByRole('link', { name: 'Udbakke' })).toHaveCount(0)
  const syd = await arriveByMail(browser, 'syd@kkr.example')
  await syd.goto(`${server.url}/besked`)
  await expect(syd.getByText('Der er ingen beskeder endnu.')).toBeVisible()
})
