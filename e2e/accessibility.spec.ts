import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import type { DemoInitials } from '@/prisma/demo/people.ts'
import { expectSound } from './support/axe.ts'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { openMeeting } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

const pages: [name: string, who: DemoInitials, path: (meeting: string) => string][] = [
  ['the front page', 'jhp', () => '/'],
  ['the workspace', 'jhp', (meeting) => meeting],
  ['the chair’s workspace', 'fo', (meeting) => meeting],
  ['the chair’s page', 'fo', (meeting) => `${meeting}/godkend`],
  ['the reader', 'syd', (meeting) => `${meeting}/laes`],
  ['the accessibility statement', 'syd', () => '/tilgaengelighed'],
  ['the import page', 'jhp', () => '/import'],
  ['a meeting that is not there', 'jhp', () => '/moeder/019aaaaa-0000-7000-8000-000000000000'],
]

/** Has everyone open each of their pages in such a browser, and looks at it once it stands. */
async function lookAtAll(
  browser: Browser,
  settings: BrowserContextOptions,
  look: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const people = new Map<DemoInitials, Page>()
  let meeting = ''
  for (const who of ['jhp', 'fo', 'syd'] as const) {
    const page = await arrive(await browser.newContext(settings), who, server.url)
    meeting = (await openMeeting(page)).replace(/\/laes$/, '')
    people.set(who, page)
  }
  for (const [name, who, path] of pages) {
    const page = people.get(who)
    if (!page) throw new Error(`${who} did not come`)
    await page.goto(`${server.url}${path(meeting)}`)
    await expect(page.getByRole('main')).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await look(page, name)
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing serious on any page, ${colorScheme}, ${width} wide`, ({ browser }) =>
      lookAtAll(browser, { colorScheme, viewport: { width, height: 900 } }, expectSound))
  }
}

/** Which words and buttons in the page's bar stand over one another. */
function overlapsInBar(page: Page): Promise<string[]> {
  return page
    .locator('header')
    .first()
    .evaluate((bar) => {
      const words = document.createTreeWalker(bar, NodeFilter.SHOW_TEXT)
      const boxes: { says: string; box: DOMRect }[] = []
      for (let node = words.nextNode(); node; node = words.nextNode()) {
        const range = document.createRange()
        range.selectNodeContents(node)
        const parent = node.parentElement
        const clip = parent?.getBoundingClientRect()
        const box = range.getBoundingClientRect()
        if (!parent || !clip || !node.textContent?.trim() || parent.closest('.sr-only') || box.width < 2)
          continue
        // What is cut off with three dots ends where its element does.
        const right = Math.min(box.right, clip.right)
        boxes.push({ says: node.textContent, box: new DOMRect(box.x, box.y, right - box.x, box.height) })
      }
      const apart = (one: DOMRect, other: DOMRect) =>
        one.right <= other.left + 1 ||
        other.right <= one.left + 1 ||
        one.bottom <= other.top + 1 ||
        other.bottom <= one.top + 1
      return boxes.flatMap(({ says, box }, at) =>
        boxes.slice(at + 1).flatMap((other) => (apart(box, other.box) ? [] : [`${says} / ${other.says}`])),
      )
    })
}

test('at twice the size nothing stands over anything else, and no page scrolls sideways', async ({
  browser,
}) => {
  // A window of 1440 × 900 enlarged to 200 %.
  await lookAtAll(browser, { viewport: { width: 720, height: 450 } }, async (page, name) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, name).toBeLessThanOrEqual(720)
    if ((await page.locator('header').count()) > 0) expect(await overlapsInBar(page), name).toEqual([])
  })
})
