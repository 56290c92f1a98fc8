import { mkdirSync } from 'node:fs'
import path from 'node:path'
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
      for (const [name, who, toPath] of views) {
        const world = await browser.newContext({ colorScheme, viewport })
        const page = await arrive(world, who, server.url)
        const meeting = (await openMeeting(page)).replace(/\/laes$/, '')
        await page.goto(`${server.url}${toPath(meeting)}`)
        await expect(page.getByRole('heading').first()).toBeVisible()
        await page.evaluate(() => document.fonts.ready)
        await page.screenshot(shoot(name))
        await world.close()
      }
    })
  }
}

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
