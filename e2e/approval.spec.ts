import type { Page } from '@playwright/test'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import {
  caretAtEnd,
  goTo,
  item,
  openLive,
  openMeeting,
  saved,
  selectWords,
  tabTo,
  visit,
} from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

/** Approves one item on the chair's page by keyboard. */
async function approve(page: Page, meeting: string, number: string): Promise<void> {
  await openLive(page, `${server.url}${meeting}/godkend?punkt=${number}`)
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^${number}`) })).toBeVisible()
  await page.keyboard.press('g')
  await expect(page.getByRole('contentinfo').getByText(`${number} er godkendt.`)).toBeVisible()
}

test('an approval lapses with a word and stands again when the word is back, for all to see, by keyboard alone', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true }
  const chair = await arrive(await browser.newContext(phone), 'fo', server.url)
  const vice = await arrive(await browser.newContext(), 'nf', server.url)
  const meeting = await openMeeting(jhp)

  await test.step('chair and vice-chair approve 3.2', async () => {
    await approve(chair, meeting, '3.2')
    await expect(item(jhp, '3.2')).not.toContainText('Godkendt')
    await openLive(chair, `${server.url}${meeting}/godkend?punkt=3.2`)
    await approve(vice, meeting, '3.2')
    await expect(item(jhp, '3.2')).toContainText('Godkendt')
  })

  const text = item(jhp, '3.2').getByRole('textbox', { name: 'Indstilling' })
  await test.step('the secretary reaches the text with the Tab key and adds a word', async () => {
    await tabTo(jhp, jhp.getByRole('link', { name: /3\.2/ }))
    await jhp.keyboard.press('Enter')
    await expect(text).toBeEditable()
    await tabTo(jhp, text)
    await jhp.keyboard.press('Control+End')
    await jhp.keyboard.insertText(' Hurtigst')
    await saved(jhp)
  })

  await test.step('both see that it lapsed, and the word, without reloading', async () => {
    await expect(item(jhp, '3.2')).toContainText('Bortfaldet')
    await tabTo(chair, chair.getByRole('button', { name: 'Se ændringen' }))
    await chair.keyboard.press('Enter')
    await expect(chair.getByText(/Ændret, siden du godkendte/)).toBeVisible()
    await expect(chair.locator('ins', { hasText: 'Hurtigst' })).toBeVisible()
    await jhp.keyboard.press('F6')
    await expect(jhp.getByRole('tab', { name: /Kommentarer/ })).toBeFocused()
    await jhp.keyboard.press('ArrowRight')
    await expect(jhp.getByRole('complementary').locator('ins', { hasText: 'Hurtigst' }).first()).toBeVisible()
  })

  await test.step('undo brings the approval back to everyone', async () => {
    await jhp.keyboard.press('Shift+F6')
    await tabTo(jhp, text)
    await jhp.keyboard.press('Control+z')
    await expect(text).not.toContainText('Hurtigst')
    await expect(item(jhp, '3.2')).toContainText('Godkendt')
    await expect(chair.locator('ins', { hasText: 'Hurtigst' })).toHaveCount(0)
    await expect(chair.getByText(/Du godkendte/)).toBeVisible()
  })
})

test('a chair whose view is stale is refused and shown what changed', async ({ browser }) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const world = await browser.newContext()
  // This chair's page hears nothing: the server alone must see that its text is old.
  await world.routeWebSocket('**/sync/**', (socket) => socket.close())
  const chair = await arrive(world, 'fo', server.url)
  const meeting = await openMeeting(jhp)
  await chair.goto(`${server.url}${meeting}/godkend?punkt=3.1`)
  await expect(chair.getByRole('heading', { level: 1, name: /^3\.1/ })).toBeVisible()

  const text = await visit(jhp, '3.1')
  await caretAtEnd(text)
  await jhp.keyboard.insertText(' Imens')
  await saved(jhp)
  await expect(item(jhp, '3.1')).toContainText('Til godkendelse')

  await chair.getByRole('button', { name: 'Godkend', exact: true }).click()
  await expect(chair.getByText(/Intet er godkendt; se ændringen/)).toBeVisible()
  const added = chair.locator('ins', { hasText: 'Imens' })
  await expect(added).toBeVisible()

  await selectWords(added, 'Imens')
  await chair.getByRole('button', { name: 'Returner' }).click()
  const dialog = chair.getByRole('dialog')
  await expect(dialog.getByText('Imens')).toBeVisible()
  await dialog.getByRole('button', { name: 'Fortryd' }).click()
  await chair.getByRole('button', { name: 'Godkend', exact: true }).click()
  await expect(chair.getByRole('contentinfo').getByText('3.1 er godkendt.')).toBeVisible()
})

test('a chair returns an item with a reason, and the secretary answers and sends it again', async ({
  browser,
}) => {
  const chair = await arrive(
    await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true }),
    'fo',
    server.url,
  )
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  await goTo(jhp, '4.1')
  await chair.goto(`${server.url}${meeting}/godkend?punkt=4.1`)
  await expect(chair.getByRole('heading', { level: 1, name: /^4\.1/ })).toBeVisible()
  const words = chair.locator('[data-field="recommendation"] p').first()
  await words.click({ clickCount: 3 })
  const quote = (await words.innerText()).trim()
  await chair.getByRole('button', { name: 'Returner' }).click()
  const dialog = chair.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Returner' }).click()
  await expect(dialog).toBeVisible()
  await expect(dialog).toContainText(quote)
  await dialog.getByLabel('Begrundelse').fill('Hvem bærer udgiften?')
  await dialog.getByRole('button', { name: 'Returner' }).click()
  await expect(item(jhp, '4.1')).toContainText('Returneret')

  const thread = jhp
    .getByRole('complementary')
    .getByRole('article')
    .filter({ hasText: 'Hvem bærer udgiften?' })
  await expect(thread).toContainText(quote.slice(0, 40))
  await thread.getByRole('button', { name: 'Svar' }).click()
  await thread.getByLabel('Dit svar').fill('Kommunerne i fællesskab.')
  await thread.getByRole('button', { name: 'Send' }).click()
  await expect(thread).toContainText('Kommunerne i fællesskab.')
  await jhp.getByRole('tab', { name: 'Godkendelse' }).click()
  await jhp.getByRole('button', { name: 'Send igen' }).click()
  await expect(item(jhp, '4.1')).toContainText('Til godkendelse')
})

test('a vice-chair approves at once what was read, and only that', async ({ browser }) => {
  const vice = await arrive(await browser.newContext(), 'nf', server.url)
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const meeting = await openMeeting(jhp)
  await openLive(vice, `${server.url}${meeting}/godkend?punkt=1.1`)
  await vice.getByRole('navigation').getByRole('button', { name: /6\.1/ }).click()
  await expect(vice.getByRole('heading', { level: 1, name: /^6\.1/ })).toBeVisible()
  await vice.keyboard.press('ArrowRight')
  const line = (number: string) => vice.getByRole('main').getByRole('link', { name: new RegExp(number) })
  await vice.getByRole('button', { name: 'Godkend de 2 punkter, du har læst' }).click()
  for (const number of ['1.1', '6.1']) await expect(line(number)).toContainText('Du har godkendt')
  await expect(line('2.1')).toContainText('Venter på dig')
  await expect(vice.getByRole('button', { name: /du har læst/ })).toHaveCount(0)
  await goTo(jhp, '6.1')
  await jhp.getByRole('tab', { name: 'Godkendelse' }).click()
  await expect(jhp.getByRole('complementary', { name: 'Om punktet' })).toContainText('Godkendte i dag')
})

test('the vice-chair approves for a chair who is away, for as long as the stand-in is set', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const vice = await arrive(await browser.newContext(), 'nf', server.url)
  const meeting = await openMeeting(jhp)
  const settings = await jhp.context().newPage()
  await settings.goto(`${server.url}/`)
  await settings.getByRole('link', { name: 'Indstillinger' }).first().click()
  await settings.getByLabel('Til og med').fill('2099-12-31')
  await settings.getByLabel('Begrundelse').fill('Ferie')
  await settings.getByRole('button', { name: 'Lad næstformanden træde ind' }).click()
  await expect(settings.getByText('Næstformanden godkender for formanden til og med')).toBeVisible()

  await approve(vice, meeting, '2.1')
  await expect(item(jhp, '2.1')).toContainText('Godkendt')
  await goTo(jhp, '2.1')
  await jhp.getByRole('tab', { name: 'Godkendelse' }).click()
  const panel = jhp.getByRole('complementary', { name: 'Om punktet' })
  await expect(panel).toContainText('næstformand, for formanden')
  await expect(panel).toContainText('til og med den 31. december 2099')
  await settings.getByRole('button', { name: 'Stop nu' }).click()
  await expect(settings.getByRole('button', { name: 'Lad næstformanden træde ind' })).toBeVisible()
  await expect(item(jhp, '2.1')).toContainText('Godkendt')
  await expect(panel).not.toContainText('til og med den 31. december 2099')
})
