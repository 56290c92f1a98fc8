import type { Page } from '@playwright/test'
import type { DemoInitials } from '@/prisma/demo/people.ts'
import { send } from './support/dispatch.ts'
import { type MailedServer, startMailedServer } from './support/mailed-server.ts'
import { arriveByMail } from './support/people.ts'
import { caretAtEnd, goTo, item, openLive, openMeeting, saved, visit } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: MailedServer
test.beforeAll(async () => {
  server = await startMailedServer()
})
test.afterAll(() => server.dispose())

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true }

/** The number of the item that the chairmanship's page shows. */
async function shownNumber(page: Page): Promise<string> {
  const title = page.getByRole('heading', { level: 1 })
  await expect(title).toHaveText(/^\d+\.\d+ /)
  return /^\d+\.\d+/.exec((await title.innerText()).trim())?.[0] ?? ''
}

/** Approves the item that is shown, by thumb, and answers its number; the page goes on to the next that waits. */
async function tapApprove(page: Page): Promise<string> {
  const number = await shownNumber(page)
  await page.getByRole('button', { name: 'Godkend', exact: true }).tap()
  await expect(page.getByRole('contentinfo').getByText(`${number} er godkendt.`)).toBeVisible()
  return number
}

/** Approves the item that is shown by its key. */
async function keyApprove(page: Page): Promise<string> {
  const number = await shownNumber(page)
  await page.keyboard.press('g')
  await expect(page.getByRole('contentinfo').getByText(`${number} er godkendt.`)).toBeVisible()
  return number
}

/** Waits until one mail to somebody has arrived that says this. */
async function expectMail(initials: DemoInitials, said: RegExp): Promise<void> {
  const told = () =>
    server.postOffice.mails.filter(
      ({ to, text }) => [to].flat()[0]?.text.includes(`${initials}@`) && said.test(text ?? ''),
    )
  await expect.poll(() => told().length).toBe(1)
}

test('from the chair on a phone over answers, a reason and a correction to what a member reads', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const comes = async (initials: DemoInitials, options: typeof phone | undefined = undefined) =>
    arriveByMail(await browser.newContext(options), initials, server)
  const chair = await comes('fo', phone)
  const vice = await comes('nf')
  const jhp = await comes('jhp')
  const chbo = await comes('chbo')
  const syd = await comes('syd')
  const meeting = await openMeeting(jhp)
  await openMeeting(chbo)
  const review = `${server.url}${meeting}/godkend`
  let returned = ''
  let left = ''

  await test.step('the chair approves six of eight, returns one with a reason and leaves one', async () => {
    await openLive(chair, review)
    for (let count = 0; count < 6; count++) await tapApprove(chair)
    returned = await shownNumber(chair)
    await chair.getByRole('button', { name: 'Returner' }).tap()
    const dialog = chair.getByRole('dialog')
    await dialog.getByLabel('Begrundelse').fill('Hvem betaler?')
    await dialog.getByRole('button', { name: 'Returner' }).tap()
    await expect(chair.getByRole('contentinfo').getByText(`${returned} er returneret.`)).toBeVisible()
    left = await shownNumber(chair)
    await chair.getByRole('button', { name: 'Næste punkt' }).tap()
    await expect(chair.getByRole('heading', { name: 'Ét punkt venter på dig' })).toBeVisible()
    await expect(item(jhp, returned)).toContainText('Returneret')
  })

  await test.step('one secretary changes the text while the other answers and sends it again', async () => {
    await goTo(chbo, returned)
    await caretAtEnd(await visit(chbo, returned))
    await chbo.keyboard.insertText(' Kommunerne betaler.')
    await saved(chbo)
    await goTo(jhp, returned)
    await expect(item(jhp, returned)).toContainText('Kommunerne betaler.')
    await jhp.getByRole('tab', { name: /Kommentarer/ }).click()
    const thread = jhp.getByRole('complementary').getByRole('article').filter({ hasText: 'Hvem betaler?' })
    await thread.getByRole('button', { name: 'Svar' }).click()
    await thread.getByLabel('Dit svar').fill('Kommunerne, ligeligt. Det står der nu.')
    await thread.getByRole('button', { name: 'Send' }).click()
    await jhp.getByRole('tab', { name: 'Godkendelse' }).click()
    await jhp.getByRole('button', { name: 'Send igen' }).click()
    await expect(item(chbo, returned)).toContainText('Til godkendelse')
  })

  await test.step('the chair approves the answer, and the vice-chair everything', async () => {
    await openLive(chair, `${review}?punkt=${returned}`)
    await expect(chair.getByRole('main')).toContainText('Kommunerne betaler.')
    expect(await tapApprove(chair)).toBe(returned)
    await openLive(vice, review)
    const approved = new Set<string>()
    for (let count = 0; count < 8; count++) approved.add(await keyApprove(vice))
    expect(approved.size).toBe(8)
    await expect(item(jhp, returned)).toContainText('Godkendt')
    await expect(item(jhp, left)).toContainText('Til godkendelse')
  })

  await test.step('the agenda goes out over the one that is left, with a reason', async () => {
    await jhp.getByRole('button', { name: 'Udsend dagsorden' }).click()
    const dialog = jhp.getByRole('dialog')
    await expect(dialog.getByRole('link', { name: new RegExp(left.replace('.', '\\.')) })).toBeVisible()
    await dialog.getByRole('button', { name: 'Annuller' }).click()
    await send(jhp, 'Udsend dagsorden', 'Dagsordenen er udsendt')
    await expectMail('syd', /Dagsordenen er udsendt/)
    await syd.goto(`${server.url}${meeting}/laes`)
    await expect(item(syd, returned)).toContainText('Kommunerne betaler.')
  })

  await test.step('a change is approved anew, by what changed, and is edition 2', async () => {
    await jhp.getByRole('button', { name: 'Ret eller tilføj' }).click()
    await jhp.getByRole('menuitem', { name: /^Ret i dagsordenen/ }).click()
    await goTo(jhp, returned)
    await caretAtEnd(await visit(jhp, returned))
    await jhp.keyboard.insertText(' Rettelsen')
    await saved(jhp)
    await expect(item(jhp, returned)).toContainText('Bortfaldet')
    for (const page of [chair, vice]) {
      await openLive(page, `${review}?punkt=${returned}`)
      await expect(page.getByText(/Ændret, siden du godkendte/)).toBeVisible()
      await expect(page.locator('ins', { hasText: 'Rettelsen' })).toBeVisible()
    }
    await tapApprove(chair)
    await keyApprove(vice)
    await expect(item(jhp, returned)).toContainText('Godkendt')
    await send(jhp, 'Udsend dagsorden', 'Dagsordenen er udsendt, udgave 2')
    const news = syd.getByRole('region', { name: 'Nyt i den seneste udsendelse' })
    await expect(news.getByRole('link', { name: new RegExp(`^${returned}`) })).toBeVisible()
  })

  await test.step('a late item is approved by both and goes out as a supplement', async () => {
    await jhp.getByRole('button', { name: 'Ret eller tilføj' }).click()
    await jhp.getByRole('menuitem', { name: /^Lav en tillægsdagsorden/ }).click()
    const section = jhp.getByRole('main').getByRole('region', { name: /^3\. / })
    await section.getByRole('button', { name: 'Punkt', exact: true }).click()
    await item(jhp, '3.5').getByRole('textbox', { name: 'Titel' }).fill('Et sent punkt')
    await saved(jhp)
    await goTo(jhp, '3.5')
    await jhp.getByRole('tab', { name: 'Godkendelse' }).click()
    await jhp.getByRole('complementary').getByRole('button', { name: 'Send til godkendelse' }).click()
    await expect(item(jhp, '3.5')).toContainText('Til godkendelse')
    await openLive(chair, review)
    expect(await tapApprove(chair)).toBe('3.5')
    await openLive(vice, review)
    expect(await keyApprove(vice)).toBe('3.5')
    await expect(vice.getByRole('heading', { level: 1 })).not.toContainText('venter på dig')
    await jhp.getByRole('button', { name: 'Udsend tillæg' }).click()
    const dialog = jhp.getByRole('dialog')
    await dialog.getByLabel(/^Hvorfor kommer/).fill('Svaret kom i går.')
    await dialog.getByRole('button', { name: 'Gem', exact: true }).click()
    await expect(dialog.getByRole('button', { name: 'Udsend alligevel' })).toBeEnabled()
    await dialog.getByRole('button', { name: 'Annuller' }).click()
    await send(jhp, 'Udsend tillæg', 'Tillægsdagsorden 1 er udsendt')
    await expectMail('syd', /Tillægsdagsorden nr\. 1 er udsendt/)
  })

  await test.step('a member sees what is new, and why it comes late', async () => {
    await syd.goto(`${server.url}${meeting}/laes`)
    const news = syd.getByRole('region', { name: 'Nyt i den seneste udsendelse' })
    await expect(news.getByRole('link', { name: /^3\.5/ })).toBeVisible()
    await expect(syd.getByText('Kommer efter udsendelsen: Svaret kom i går.')).toBeVisible()
  })
})
