import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { DemoInitials } from '@/prisma/demo/people.ts'
import { type MailedServer, startMailedServer } from './support/mailed-server.ts'
import { arriveByMail } from './support/people.ts'
import { expect, test } from './support/world.ts'

let server: MailedServer
test.beforeAll(async () => {
  server = await startMailedServer()
})
test.afterAll(() => server.dispose())

async function expectNoFault(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
}

test('a return reaches the caseworker by mail and in the list, and leads to its place', async ({
  browser,
}) => {
  const comes = async (initials: DemoInitials) => arriveByMail(await browser.newContext(), initials, server)
  const chair = await comes('fo')
  await chair
    .getByRole('link', { name: /Godkend/ })
    .first()
    .click()
  await chair.waitForURL(/godkend/)
  const jhp = await comes('jhp')
  await jhp.goto(chair.url().replace(/\/godkend.*/, ''))
  await expect(jhp.getByRole('link', { name: 'Beskeder', exact: true })).toBeVisible()
  await expect(jhp.getByText('Gemt')).toBeVisible()
  await chair.getByRole('button', { name: 'Returner' }).click()
  const dialog = chair.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Mangler økonomi')
  await dialog.getByRole('button', { name: 'Returner' }).click()

  const mail = await server.postOffice.next()
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
  const syd = await comes('syd')
  await syd.goto(`${server.url}/besked`)
  await expect(syd.getByText('Der er ingen beskeder endnu.')).toBeVisible()
})
