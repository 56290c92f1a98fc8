import type { Page } from '@playwright/test'
import { expectSound } from './support/axe.ts'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { item, openMeeting } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

/** Nothing serious for axe, and nothing wider than the window, at every width. */
async function isSound(page: Page, name: string): Promise<void> {
  await expectSound(page, name)
  for (const width of [360, 820, 1440]) {
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow, `${name} scrolls sideways at ${width}`).toBeLessThanOrEqual(0)
  }
}

test('a meeting is planned from the template, and the list of the one before is written from both', async ({
  browser,
}) => {
  // Six pages are looked through by axe on the way.
  test.setTimeout(120_000)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const before = (await openMeeting(jhp)).replace(/\/laes$/, '')

  await test.step('the template is edited', async () => {
    await jhp.goto(server.url)
    await isSound(jhp, 'meeting-home')
    await jhp.getByRole('link', { name: 'Skabelon' }).click()
    await jhp.getByRole('textbox', { name: 'Sektion 3', exact: true }).fill('Regionale sager')
    await jhp.getByRole('button', { name: 'Gem skabelonen' }).click()
    await expect(jhp.getByText('Skabelonen er gemt')).toBeVisible()
    await isSound(jhp, 'meeting-template')
  })

  await test.step('a new meeting begins with it, and with the minutes of the one before', async () => {
    await jhp.goto(server.url)
    await jhp.getByRole('link', { name: 'Nyt møde' }).click()
    await jhp.getByLabel('Dato og tidspunkt').fill('2031-03-07T09:30')
    await jhp.getByLabel('Hvornår blev referatet sendt ud?').fill('2027-01-04')
    await isSound(jhp, 'meeting-new')
    await jhp.getByRole('button', { name: 'Opret mødet' }).click()
    await expect(
      jhp.getByRole('article', { name: /Godkendelse af referat fra møde i KKR Midtjylland den/ }),
    ).toContainText('4. januar 2027')
    await expect(jhp.getByRole('main').getByRole('region', { name: /^3\. Regionale sager/ })).toBeVisible()
  })

  await test.step('its plan shows the list of the one before, adds to it and takes from it', async () => {
    const meeting = new URL(jhp.url()).pathname
    await jhp.goto(`${server.url}${meeting}/plan`)
    const list = jhp.getByRole('region', { name: /^Fra mødet den/ })
    await list.getByLabel('Nyt punkt på listen').fill('Tema: Klima og energi')
    await list.getByRole('button', { name: 'Tilføj' }).click()
    await expect(list.getByText('Tema: Klima og energi')).toBeVisible()
    await list.getByRole('button', { name: 'Opret »Tema: Klima og energi« som punkt' }).click()
    await expect(list.getByRole('link', { name: 'Punkt 3.1' })).toBeVisible()
    await expect(jhp.getByText('Dagsordenen følger skabelonen.')).toBeVisible()
    await isSound(jhp, 'meeting-plan')
    const chbo = await arrive(await browser.newContext(), 'chbo', server.url)
    await chbo.goto(`${server.url}${before}`)
    await expect(item(chbo, '6.1')).toContainText('Tema: Klima og energi')
  })

  await test.step('an item is copied to it, and knows where it came from', async () => {
    await jhp.goto(`${server.url}${before}`)
    await jhp.getByRole('button', { name: 'Handlinger for punkt 3.2' }).click()
    await jhp.getByRole('menuitem', { name: /^Flyt eller kopiér/ }).click()
    const dialog = jhp.getByRole('dialog')
    await dialog.getByLabel('Hvordan').selectOption('copy')
    await dialog.getByLabel('Hovedpunkt').selectOption({ label: 'Regionale sager' })
    await isSound(jhp, 'meeting-transfer')
    await dialog.getByRole('button', { name: 'Kopiér' }).click()
    await jhp.getByRole('button', { name: 'Gå dertil' }).click()
    const link = item(jhp, '3.2').getByRole('link', { name: /^Kopieret fra mødet den/ })
    await expect(link).toHaveAttribute('href', new RegExp(`^${before}#item-`))
  })
})

test('a calendar address is shown once, answers without a session, and ends', async ({
  browser,
  request,
}) => {
  const syd = await arrive(await browser.newContext(), 'syd', server.url)
  await syd.getByRole('link', { name: 'Kalender' }).click()
  await syd.getByRole('button', { name: 'Lav en adresse' }).click()
  const address = await syd.getByLabel('Din hemmelige adresse').inputValue()
  await isSound(syd, 'meeting-calendar')
  const answer = await request.get(address)
  expect(answer.headers()['content-type']).toBe('text/calendar; charset=utf-8')
  expect(await answer.text()).toContain('SUMMARY:Møde i KKR Midtjylland')
  await syd.getByRole('button', { name: 'Luk adressen' }).click()
  await expect(syd.getByText('Adressen er lukket')).toBeVisible()
  expect((await request.get(address)).status()).toBe(404)
})
