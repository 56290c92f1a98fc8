import type { Browser, Page } from '@playwright/test'
import type { DemoInitials } from '@/prisma/demo/people.ts'
import { arrive } from './support/people.ts'
import { scriptsOf, weightOf } from './support/script-size.ts'
import { startServer, type TestServer } from './support/server.ts'
import { item, openMeeting } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

test('the text stands before any script runs', async ({ browser }) => {
  const world = await browser.newContext()
  const syd = await arrive(world, 'syd', server.url)
  const meeting = (await openMeeting(syd)).replace(/\/laes$/, '')
  const still = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await world.storageState(),
  })
  const page = await still.newPage()
  await page.goto(`${server.url}${meeting}/laes`)
  await expect(item(page, '3.2').locator('[data-field="presentation"]')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Indhold' })).toBeVisible()
})

/** An agenda of so many items, as a secretariat would import it. */
function longAgenda(count: number): Buffer {
  const lines = ['1. Sager', '']
  for (let at = 1; at <= count; at++) {
    lines.push(
      `1.${at}. Sag nummer ${at}`,
      '',
      'Indstilling',
      `Det indstilles, at rådet drøfter sag ${at}.`,
      '',
    )
    lines.push(
      'Sagsfremstilling',
      ...Array(6).fill(`Sagen om punkt ${at} har været drøftet i kommunerne.`),
      '',
    )
  }
  return Buffer.from(lines.join('\n'))
}

test('the first view of forty items brings little script, and no editor', async ({ browser }) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await jhp.goto(`${server.url}/import`)
  await jhp
    .getByLabel('Vælg en fil')
    .setInputFiles({ name: 'lang.txt', mimeType: 'text/plain', buffer: longAgenda(40) })
  await jhp.getByLabel('Dato og tid').fill('2027-03-05T09:30')
  await jhp.getByLabel('Sted').fill('Viborg')
  await jhp.getByRole('button', { name: 'Opret dagsordenen' }).click()
  await expect(jhp).toHaveURL(/\/moeder\/[0-9a-f-]{36}$/)
  const page = await jhp.context().newPage()
  const scripts = await scriptsOf(page, `${jhp.url()}/laes`)
  await expect(page.getByRole('article')).toHaveCount(40)
  const first = scripts.filter(({ isFirst }) => isFirst)
  expect(first.length).toBeGreaterThan(5)
  expect(weightOf(first)).toBeLessThan(150_000)
  expect(scripts.filter(({ text }) => /prosemirror|tiptap|yjs/i.test(text)).map(({ url }) => url)).toEqual([])
})
