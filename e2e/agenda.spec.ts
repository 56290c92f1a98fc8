import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { caretAtEnd, field, goTo, item, openMeeting, saved, visit, wordsOf } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

test('two secretaries write in the same paragraph and in different items, one of them offline for a while', async ({
  browser,
}) => {
  const [jhpWorld, chboWorld] = [await browser.newContext(), await browser.newContext()]
  const jhp = await arrive(jhpWorld, 'jhp', server.url)
  const chbo = await arrive(chboWorld, 'chbo', server.url)
  await openMeeting(jhp)
  await openMeeting(chbo)

  await test.step('both see the other write in one paragraph', async () => {
    const mine = await visit(jhp, '3.2')
    const theirs = await visit(chbo, '3.2')
    await caretAtEnd(mine)
    await mine.pressSequentially(' Alfa')
    await expect(theirs).toContainText('Alfa')
    await caretAtEnd(theirs)
    await theirs.pressSequentially(' Bravo')
    await expect(mine).toContainText('Alfa Bravo')
    await Promise.all([mine.pressSequentially(' Charlie'), theirs.pressSequentially(' Delta')])
    await expect(async () => {
      const [here, there] = [await wordsOf(mine), await wordsOf(theirs)]
      expect(here).toBe(there)
      for (const word of ['Alfa', 'Bravo', 'Charlie', 'Delta']) expect(here.split(word).length).toBe(2)
    }).toPass()
  })

  await test.step('each sees where the other is', async () => {
    await expect(
      jhp.getByRole('link', { name: /^(?=.*3\.2)(?=.*Sekretariatet \(chbo\) er her)/ }),
    ).toBeVisible()
  })

  const together = await visit(jhp, '3.3')
  await visit(chbo, '3.3')

  await test.step('one goes offline, both write', async () => {
    await saved(chbo)
    await chboWorld.setOffline(true)
    await expect(chbo.locator('[data-status="offline"]')).toBeVisible()
    const theirs = field(chbo, '3.3', 'Indstilling')
    await caretAtEnd(theirs)
    await theirs.pressSequentially(' Skrevet-i-toget')
    await expect(chbo.locator('[data-status="offline"]')).toHaveText(/Ikke gemt endnu/)
    await caretAtEnd(together)
    await together.pressSequentially(' Skrevet-på-kontoret')
    await saved(jhp)
    await expect(together).not.toContainText('Skrevet-i-toget')
  })

  await test.step('on return both texts hold all words once', async () => {
    await chboWorld.setOffline(false)
    await expect(together).toContainText('Skrevet-i-toget')
    await expect(field(chbo, '3.3', 'Indstilling')).toContainText('Skrevet-på-kontoret')
    await saved(chbo)
    const [here, there] = [await wordsOf(together), await wordsOf(field(chbo, '3.3', 'Indstilling'))]
    expect(here).toBe(there)
    for (const words of ['Skrevet-i-toget', 'Skrevet-på-kontoret']) expect(here.split(words).length).toBe(2)
  })

  await test.step('a reload from the server says the same', async () => {
    const before = await wordsOf(together)
    await chbo.reload()
    expect(await wordsOf(await visit(chbo, '3.3'))).toBe(before)
  })
})

test('undo takes back one’s own words only', async ({ browser }) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const chbo = await arrive(await browser.newContext(), 'chbo', server.url)
  await openMeeting(jhp)
  await openMeeting(chbo)
  const mine = await visit(jhp, '4.1')
  const theirs = await visit(chbo, '4.1')
  await caretAtEnd(mine)
  await jhp.keyboard.insertText(' mit')
  await expect(theirs).toContainText('mit')
  await caretAtEnd(theirs)
  await chbo.keyboard.insertText(' dit')
  await expect(mine).toContainText('mit dit')
  await mine.press('Control+z')
  await expect(mine).not.toContainText('mit')
  await expect(mine).toContainText('dit')
  await expect(theirs).not.toContainText('mit')
})

test('items are added, moved by keyboard, deleted and brought back, and the other sees it', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const chbo = await arrive(await browser.newContext(), 'chbo', server.url)
  await openMeeting(jhp)
  await openMeeting(chbo)

  await jhp.getByRole('button', { name: 'Tilføj punkt under 7' }).click()
  const title = item(jhp, '7.2').getByRole('textbox', { name: 'Titel' })
  await expect(title).toBeFocused()
  await title.pressSequentially('Valg af mødeform')
  await expect(item(chbo, '7.2')).toContainText('Valg af mødeform')

  const line = jhp.getByRole('link', { name: /7\.2.*Valg af mødeform/ })
  await line.focus()
  await line.press('Alt+ArrowUp')
  await expect(item(chbo, '7.1')).toContainText('Valg af mødeform')

  await item(jhp, '7.1').getByRole('button', { name: 'Handlinger for punkt 7.1' }).click()
  await jhp.getByRole('menuitem', { name: 'Slet punktet' }).click()
  await expect(chbo.getByRole('article', { name: /Valg af mødeform/ })).toHaveCount(0)
  await jhp.getByRole('button', { name: 'Fortryd' }).click()
  await expect(item(chbo, '7.1')).toContainText('Valg af mødeform')

  // What came back can be written in again, also by those whose connection was cut by the deletion.
  for (const [page, words] of [
    [jhp, ' igen'],
    [chbo, ' og sted'],
  ] as const) {
    await goTo(page, '7.1')
    const restored = item(page, '7.1').getByRole('textbox', { name: 'Titel' })
    await expect(restored).toBeEditable()
    await caretAtEnd(restored)
    await page.keyboard.insertText(words)
    await saved(page)
  }
  await expect(item(jhp, '7.1')).toContainText('Valg af mødeform igen og sted')
})

test('text pasted from Word keeps structure and loses everything else', async ({ browser }) => {
  const world = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const jhp = await arrive(world, 'jhp', server.url)
  await openMeeting(jhp)
  const text = await visit(jhp, '4.1')
  await caretAtEnd(text)
  await text.press('Enter')
  const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
    <p class=MsoNormal style="color:red;font-family:Calibri"><b>Fed</b> og <span style="background:yellow">almindelig</span><o:p></o:p></p>
    <p class=MsoListParagraphCxSpFirst style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span>første punkt</p>
    <p class=MsoListParagraphCxSpLast style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;&nbsp;</span></span>andet punkt</p>
    <!--EndFragment--></body></html>`
  await text.evaluate((element, pasted) => {
    const data = new DataTransfer()
    data.setData('text/html', pasted)
    data.setData('text/plain', 'Fed og almindelig')
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, html)
  await expect(text.locator('li')).toHaveText(['første punkt', 'andet punkt'])
  await expect(text.locator('strong')).toHaveText('Fed')
  expect(await text.locator('[style]:not(.caret):not(.caret *)').count()).toBe(0)
  expect(await wordsOf(text)).not.toContain('·')
})

test('words written offline in an item that was closed meanwhile are kept for their author, and never merged', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const away = await browser.newContext()
  const chbo = await arrive(away, 'chbo', server.url)
  await openMeeting(jhp)
  await openMeeting(chbo)
  await goTo(jhp, '3.4')
  await goTo(chbo, '3.4')
  const text = await visit(chbo, '3.4')
  await away.setOffline(true)
  await caretAtEnd(text)
  await chbo.keyboard.insertText(' Skrevet-imens')
  await expect(chbo.locator('[data-status="offline"]')).toHaveText(/Ikke gemt endnu/)

  await item(jhp, '3.4').getByRole('button', { name: 'Handlinger for punkt 3.4' }).click()
  await jhp.getByRole('menuitem', { name: 'Luk punktet for offentligheden' }).click()
  await jhp.getByRole('dialog').getByLabel('Offentlig titel').fill('Fælles indkøb')
  await jhp.getByRole('dialog').getByLabel('Begrundelse').fill('Et udbud forestår')
  await jhp.getByRole('dialog').getByRole('button', { name: 'Luk punktet' }).click()
  await expect(item(jhp, '3.4')).toContainText('Lukket')

  await away.setOffline(false)
  await item(chbo, '3.4').getByRole('button', { name: 'Se teksten' }).click()
  await expect(chbo.getByRole('dialog')).toContainText('Skrevet-imens')
  await chbo.getByRole('button', { name: 'Jeg har kopieret teksten – fjern den' }).click()
  await expect(item(chbo, '3.4').getByRole('button', { name: 'Se teksten' })).toHaveCount(0)
  await expect(await visit(chbo, '3.4')).not.toContainText('Skrevet-imens')
  await expect(field(jhp, '3.4', 'Indstilling')).not.toContainText('Skrevet-imens')
})
