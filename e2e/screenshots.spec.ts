import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { type DemoInitials, demoPeople } from '@/prisma/demo/people.ts'
import { projectRoot } from '@/prisma/root.ts'
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
  visit,
} from './support/workspace.ts'
import { expect, test } from './support/world.ts'

const folder = path.join(projectRoot, 'screenshots')
const widths = [1440, 820, 360]
const views: [name: string, who: DemoInitials, path: (meeting: string) => string][] = [
  ['home-secretariat', 'jhp', () => '/'],
  ['home-chair', 'fo', () => '/'],
  ['home-member', 'syd', () => '/'],
  ['workspace', 'jhp', (meeting) => meeting],
  ['workspace-chair', 'fo', (meeting) => meeting],
  ['approve', 'fo', (meeting) => `${meeting}/godkend`],
  ['read', 'syd', (meeting) => `${meeting}/laes`],
  ['statement', 'syd', () => '/tilgaengelighed'],
  ['import', 'jhp', () => '/import'],
  ['not-found', 'jhp', () => '/moeder/019aaaaa-0000-7000-8000-000000000000'],
]

let server: TestServer
test.beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  server = await startServer()
})
test.afterAll(() => server.dispose())

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of widths) {
    test(`every page, ${colorScheme}, ${width} wide`, async ({ browser }) => {
      const viewport = { width, height: width === 360 ? 740 : 900 }
      const shoot = (name: string) => ({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`) })
      const guest = await (await browser.newContext({ colorScheme, viewport })).newPage()
      await guest.goto(`${server.url}/log-ind`)
      await expect(guest.getByRole('button', { name: demoPeople[0].name, exact: true })).toBeVisible()
      await guest.screenshot(shoot('sign-in'))
      const people = new Map<DemoInitials, Page>()
      let meeting = ''
      for (const [name, who, toPath] of views) {
        const known = people.get(who)
        const page =
          known ?? (await arrive(await browser.newContext({ colorScheme, viewport }), who, server.url))
        if (!known) meeting = (await openMeeting(page)).replace(/\/laes$/, '')
        people.set(who, page)
        await page.goto(`${server.url}${toPath(meeting)}`)
        await expect(page.getByRole('heading').first()).toBeVisible()
        await page.evaluate(() => document.fonts.ready)
        await page.screenshot(shoot(name))
      }
    })
  }
}

/** One state of a page at every width, light and dark; the page is as it was afterwards. */
async function shootAll(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 })
      await page.emulateMedia({ colorScheme })
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage })
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
}

test('the chairmanship while the vice-chair stands in', async ({ browser }) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const vice = await arrive(await browser.newContext(), 'nf', server.url)
  const meeting = await openMeeting(jhp)
  await jhp.goto(`${server.url}/`)
  await jhp.getByRole('link', { name: 'Indstillinger' }).first().click()
  await jhp.getByLabel('Til og med').fill('2099-12-31')
  await jhp.getByLabel('Begrundelse').fill('Ferie')
  await jhp.getByRole('button', { name: 'Lad næstformanden træde ind' }).click()
  await shootAll(jhp, 'stand-in', { fullPage: true })
  await openLive(vice, `${server.url}${meeting}/godkend?punkt=6.1`)
  await vice.keyboard.press('g')
  await expect(vice.getByRole('contentinfo').getByText('6.1 er godkendt.')).toBeVisible()
  await openLive(vice, `${server.url}${meeting}/godkend?punkt=6.1`)
  await shootAll(vice, 'stand-in-approved', { fullPage: true })
  await jhp.getByRole('button', { name: 'Stop nu' }).click()
  await expect(jhp.getByRole('button', { name: 'Lad næstformanden træde ind' })).toBeVisible()
})

test('a review at its end: what was read can be approved at once', async ({ browser }) => {
  const vice = await arrive(await browser.newContext(), 'nf', server.url)
  const meeting = await openMeeting(vice)
  await openLive(vice, `${server.url}${meeting}/godkend?punkt=6.1`)
  await expect(vice.getByRole('heading', { level: 1, name: /^6\.1/ })).toBeVisible()
  await vice.keyboard.press('ArrowRight')
  await expect(vice.getByRole('button', { name: /du har læst/ })).toBeVisible()
  await shootAll(vice, 'approve-end')
})

test('the workspace in use, for the README', async ({ browser }) => {
  const phone = await arrive(await browser.newContext(), 'fo', server.url)
  const vice = await arrive(await browser.newContext(), 'nf', server.url)
  const chbo = await arrive(await browser.newContext(), 'chbo', server.url)
  const member = await arrive(await browser.newContext(), 'syd', server.url)
  const jhp = await arrive(
    await browser.newContext({ viewport: { width: 1440, height: 900 } }),
    'jhp',
    server.url,
  )
  const meeting = await openMeeting(jhp)
  for (const chair of [phone, vice]) {
    for (const number of ['1.1', '2.1', '3.1', '3.2', '6.1']) {
      await openLive(chair, `${server.url}${meeting}/godkend?punkt=${number}`)
      await chair.getByRole('button', { name: 'Godkend', exact: true }).click()
      await expect(chair.getByRole('contentinfo').getByText(`${number} er godkendt.`)).toBeVisible()
    }
  }
  await openLive(phone, `${server.url}${meeting}/godkend?punkt=4.1`)
  await phone.getByRole('button', { name: 'Returner' }).click()
  await phone.getByRole('dialog').getByLabel('Begrundelse').fill('Nævn, hvornår perioden udløber.')
  await phone.getByRole('dialog').getByRole('button', { name: 'Returner' }).click()

  await openMeeting(member)
  for (const [words, said] of [
    ['fem spor', 'Er der midler til alle fem spor fra 2027?'],
    ['med virkning fra et årsskifte', 'Hvorfor ikke løbende?'],
  ] as const) {
    await selectWords(item(member, '3.2').locator('[data-field="presentation"]'), words)
    await member.getByRole('button', { name: 'Kommentér', exact: true }).click()
    await member.getByLabel('Din kommentar').fill(said)
    await member.getByRole('button', { name: 'Send' }).click()
    await expect(member.getByText(said).first()).toBeVisible()
  }
  await openMeeting(chbo)
  await goTo(chbo, '3.2')
  await caretAtEnd(await visit(chbo, '3.2'))
  await chbo.keyboard.press('Backspace')
  await chbo.keyboard.insertText(' fra 2027.')
  await saved(chbo)
  await goTo(jhp, '3.2')
  await expect(item(jhp, '3.2')).toContainText('Bortfaldet')
  await expect(item(jhp, '3.2').locator('.caret')).toBeVisible()
  await jhp.mouse.move(1300, 850)
  await jhp.screenshot({ path: path.join(folder, 'workspace-in-use.png') })
})

test('versions: the history, and two texts in one and side by side', async ({ browser }) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await openMeeting(jhp)
  const text = await visit(jhp, '3.2')
  await goTo(jhp, '3.2')
  await jhp.getByRole('tab', { name: 'Historik' }).click()
  await jhp.getByRole('button', { name: 'Gem teksten nu med et navn' }).click()
  await jhp.getByLabel('Navn på versionen').fill('Før drøftelsen med formandskabet')
  await jhp.keyboard.press('Enter')
  await expect(jhp.getByText('Før drøftelsen med formandskabet')).toBeVisible()
  await caretAtEnd(text)
  await jhp.keyboard.insertText(' Ordfører er formanden.')
  await saved(jhp)
  await jhp.screenshot({ path: path.join(folder, 'versions-1440-light.png') })
  await jhp
    .getByRole('button', { name: /^Sammenlign: / })
    .first()
    .click()
  await expect(jhp.getByRole('dialog').locator('ins').first()).toBeVisible()
  await shootAll(jhp, 'versions-dialog')
  await jhp.getByLabel('Side om side').check()
  await shootAll(jhp, 'versions-beside')
  await jhp.keyboard.press('Escape')
  await jhp.getByRole('button', { name: 'Vis, hvem der skrev hvad' }).click()
  await expect(jhp.locator('[data-author]').first()).toBeVisible()
  await shootAll(jhp, 'authors')
})

test('dispatch: what is not ready, the workspace after it, and what members read', async ({ browser }) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  const syd = await arrive(await browser.newContext(), 'syd', server.url)
  const meeting = await openMeeting(jhp)
  const send = async () => {
    const dialog = jhp.getByRole('dialog')
    await dialog.getByLabel('Hvorfor udsendes dagsordenen alligevel?').fill('Mødet er om få dage.')
    await dialog.getByRole('button', { name: 'Udsend alligevel' }).click()
    await expect(dialog).toHaveCount(0)
  }
  await jhp.getByText(/ting mangler/).click()
  await shootAll(jhp, 'dispatch-blockers')
  await jhp.getByRole('button', { name: 'Udsend dagsorden' }).click()
  await expect(jhp.getByRole('dialog')).toBeVisible()
  await shootAll(jhp, 'dispatch-dialog')
  await send()
  await expect(jhp.getByText('Dagsordenen er udsendt og ligger fast.')).toBeVisible()
  await shootAll(jhp, 'dispatch-sent')
  await jhp.getByRole('button', { name: 'Ret eller tilføj' }).click()
  await jhp.getByRole('menuitem', { name: /^Ret i dagsordenen/ }).click()
  await goTo(jhp, '3.2')
  await caretAtEnd(await visit(jhp, '3.2'))
  await jhp.keyboard.insertText(' Rettelsen er ny.')
  await saved(jhp)
  await expect(item(jhp, '3.2')).toContainText('Ændret siden det udsendte')
  await shootAll(jhp, 'dispatch-revised')
  await jhp.getByRole('button', { name: 'Udsend dagsorden' }).click()
  await jhp.getByRole('dialog').getByText('ændret').first().click()
  await expect(jhp.getByRole('dialog').locator('ins').first()).toBeVisible()
  await shootAll(jhp, 'dispatch-dialog-2')
  await send()
  await syd.goto(`${server.url}${meeting}/laes`)
  await syd.getByText('Vis ændringerne').click()
  await shootAll(syd, 'dispatch-read')
  await jhp.goto(`${server.url}/`)
  await shootAll(jhp, 'dispatch-home')
  await jhp.getByRole('link', { name: 'Indstillinger' }).first().click()
  await expect(jhp.getByRole('button', { name: 'Gem frister' })).toBeVisible()
  await shootAll(jhp, 'dispatch-settings', { fullPage: true })
})
