import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { caretAtEnd, goTo, item, openMeeting, saved, visit } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

/** Opens the history of the item in view. */
async function openHistory(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Historik' }).click()
}

test('a version is named, compared with the words of now and brought back, while the other writes on', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const chbo = await arrive(await browser.newContext(), 'chbo', server.url)
  await openMeeting(jhp)
  await openMeeting(chbo)
  const history = jhp.getByRole('complementary')
  const text = await visit(jhp, '3.2')
  await goTo(jhp, '3.2')

  await test.step('the words of now are kept under a name', async () => {
    await openHistory(jhp)
    await history.getByRole('button', { name: 'Gem teksten nu med et navn' }).click()
    await history.getByLabel('Navn på versionen').fill('Før drøftelsen')
    await jhp.keyboard.press('Enter')
    await expect(history.getByText('Før drøftelsen')).toBeVisible()
  })

  const others = await visit(chbo, '3.2')
  await test.step('another secretary writes, and the comparison shows it in the text and side by side', async () => {
    await caretAtEnd(others)
    await chbo.keyboard.insertText(' Ordfører')
    await saved(chbo)
    await expect(text).toContainText('Ordfører')
    await history
      .getByRole('button', { name: /^Sammenlign: / })
      .first()
      .click()
    const dialog = jhp.getByRole('dialog', { name: 'Sammenlign versioner' })
    await expect(dialog.locator('ins', { hasText: 'Ordfører' })).toBeVisible()
    await dialog.getByLabel('Side om side').check()
    await expect(dialog.getByRole('region', { name: 'Til' })).toContainText('Ordfører')
    await expect(dialog.getByRole('region', { name: 'Fra' })).not.toContainText('Ordfører')
    const { violations } = await new AxeBuilder({ page: jhp }).include('dialog[open]').analyze()
    expect(violations).toEqual([])
  })

  await test.step('the earlier words come back to both, and what stood before can be found', async () => {
    await jhp.getByRole('button', { name: 'Læg teksten under »Fra« tilbage' }).click()
    await expect(jhp.getByRole('dialog')).toHaveCount(0)
    await expect(others).not.toContainText('Ordfører')
    await expect(text).not.toContainText('Ordfører')
    await expect(history.getByText('Lagt tilbage')).toBeVisible()
    await history.getByRole('button', { name: /gemt undervejs$/ }).click()
    await expect(history.getByText('Gemt undervejs').first()).toBeVisible()
    await expect(history.getByText('Skrevet af', { exact: false }).first()).toBeVisible()
  })

  await test.step('what one writes afterwards is not lost to it', async () => {
    await caretAtEnd(others)
    await chbo.keyboard.insertText(' Fortsat')
    await saved(chbo)
    await expect(text).toContainText('Fortsat')
    await expect(item(jhp, '3.2')).toContainText('Fortsat')
  })

  await test.step('the words tell who wrote them', async () => {
    await caretAtEnd(text)
    await jhp.keyboard.insertText(' Sammen')
    await saved(jhp)
    await history.getByRole('button', { name: 'Vis, hvem der skrev hvad' }).click()
    const dialog = jhp.getByRole('dialog', { name: 'Hvem skrev hvad' })
    const by = (initials: string) => dialog.locator(`[data-author="${initials}"]`)
    await expect(by('chbo').filter({ hasText: 'Fortsat' })).toHaveText('chbo Fortsat')
    await expect(by('jhp').filter({ hasText: 'Sammen' })).toHaveText('jhp Sammen')
    const { violations } = await new AxeBuilder({ page: jhp }).include('dialog[open]').analyze()
    expect(violations).toEqual([])
  })
})
