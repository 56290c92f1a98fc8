import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type DemoInitials, demoPeople } from '@/prisma/demo/people.ts'
import { projectRoot } from '@/prisma/root.ts'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { openMeeting } from './support/workspace.ts'
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
