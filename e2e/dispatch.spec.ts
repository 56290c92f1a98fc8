import { send } from './support/dispatch.ts'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { caretAtEnd, field, goTo, item, openLive, openMeeting, saved, visit } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

test('an agenda goes out with a reason, a correction is edition 2, and a late item is a supplement', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const syd = await arrive(await browser.newContext(), 'syd', server.url)
  const meeting = (await openMeeting(jhp)).replace(/\/laes$/, '')

  await test.step('the outline says what is not ready, each with a link to it', async () => {
    await jhp.getByText(/ting mangler/).click()
    await jhp
      .getByRole('navigation')
      .getByRole('link', { name: /ikke godkendt/ })
      .first()
      .click()
  })

  await test.step('the dialog warns, and goes on with a reason only', async () => {
    await jhp.getByRole('button', { name: 'Udsend dagsorden' }).click()
    const dialog = jhp.getByRole('dialog')
    await expect(dialog.getByRole('heading', { name: 'Er ikke klar' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Udsend alligevel' }).click()
    await expect(dialog.getByText('Skriv en begrundelse.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Annuller' }).click()
    await openLive(syd, `${server.url}${meeting}/laes`)
    await send(jhp, 'Udsend dagsorden', 'Dagsordenen er udsendt')
    await expect(jhp.getByText('Dagsordenen er udsendt og ligger fast.')).toBeVisible()
    await expect(item(jhp, '3.2').getByRole('textbox', { name: 'Indstilling' })).toHaveCount(0)
    await expect(item(syd, '3.2')).toBeVisible()
  })

  await test.step('a correction stays in the office until edition 2 is sent', async () => {
    await jhp.getByRole('button', { name: 'Ret eller tilføj' }).click()
    await jhp.getByRole('menuitem', { name: /^Ret i dagsordenen/ }).click()
    await goTo(jhp, '3.2')
    await caretAtEnd(await visit(jhp, '3.2'))
    await jhp.keyboard.insertText(' Rettelsen')
    await saved(jhp)
    await expect(item(jhp, '3.2')).toContainText('Ændret siden det udsendte')
    await syd.reload()
    await expect(item(syd, '3.2')).toBeVisible()
    await expect(syd.getByText('Rettelsen')).toHaveCount(0)
    await send(jhp, 'Udsend dagsorden', 'Dagsordenen er udsendt, udgave 2')
    await expect(item(syd, '3.2')).toContainText('Rettelsen')
    const news = syd.getByRole('region', { name: 'Nyt i den seneste udsendelse' })
    await expect(news.getByRole('link', { name: /^3\.2/ })).toBeVisible()
    await news.getByText('Vis ændringerne').click()
    await expect(news.locator('ins', { hasText: 'Rettelsen' })).toBeVisible()
    await syd.getByLabel('Udgave').selectOption({ index: 2 })
    await expect(syd.getByText('Du læser en tidligere udsendelse.')).toBeVisible()
    await expect(item(syd, '3.2')).not.toContainText('Rettelsen')
  })

  await test.step('a late item needs its reason, and goes out as a supplement', async () => {
    await jhp.getByRole('button', { name: 'Ret eller tilføj' }).click()
    await jhp.getByRole('menuitem', { name: /^Lav en tillægsdagsorden/ }).click()
    await expect(jhp.getByText(/Her skrives på tillægsdagsorden 1/)).toBeVisible()
    const section = jhp.getByRole('main').getByRole('region', { name: /^3\. / })
    await section.getByRole('button', { name: 'Punkt', exact: true }).click()
    const added = item(jhp, '3.5')
    await added.getByRole('textbox', { name: 'Titel' }).fill('Et sent punkt')
    await saved(jhp)
    await jhp.getByRole('button', { name: 'Udsend tillæg' }).click()
    const dialog = jhp.getByRole('dialog')
    await expect(dialog.getByRole('button', { name: /^Udsend/ })).toBeDisabled()
    await dialog.getByLabel(/^Hvorfor kommer/).fill('Svaret kom i går.')
    await dialog.getByRole('button', { name: 'Gem', exact: true }).click()
    await expect(dialog.getByRole('button', { name: 'Udsend alligevel' })).toBeEnabled()
    await dialog.getByRole('button', { name: 'Annuller' }).click()
    await send(jhp, 'Udsend tillæg', 'Tillægsdagsorden 1 er udsendt')
    await syd.goto(`${server.url}${meeting}/laes`)
    await expect(syd.getByText('Kommer efter udsendelsen: Svaret kom i går.')).toBeVisible()
    await expect(field(jhp, '3.2', 'Indstilling')).toHaveCount(0)
  })
})
