import { readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '@/prisma/root.ts'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import { item } from './support/workspace.ts'
import { expect, test } from './support/world.ts'

const demo = readFileSync(path.join(projectRoot, 'prisma/demo/agenda.txt'))

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

test('the demo text is imported through the page, with proof before anything is created', async ({
  browser,
}) => {
  const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
  await jhp.goto(`${server.url}/import`)
  await jhp
    .getByLabel('Vælg en fil')
    .setInputFiles({ name: 'dagsorden.txt', mimeType: 'text/plain', buffer: demo })
  await expect(jhp.getByText('Alle linjer er med, hver netop én gang.')).toBeVisible()
  const lines = demo
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '').length
  await expect(jhp.getByText(`${lines} af ${lines} tekstlinjer`)).toBeVisible()
  await expect(jhp.getByRole('region', { name: 'Kilden linje for linje' }).getByRole('listitem')).toHaveCount(
    lines,
  )
  await jhp.getByText(/orddelinger samlet/).click()
  await expect(jhp.getByText('september').first()).toBeVisible()

  await jhp.getByLabel('Dato og tid').fill('2027-02-05T09:30')
  await jhp.getByLabel('Sted').fill('Horsens')
  await jhp.getByRole('button', { name: 'Opret dagsordenen' }).click()
  await expect(jhp).toHaveURL(/\/moeder\//)
  await expect(jhp.getByText('5. februar 2027 kl. 9.30 · Horsens')).toBeVisible()
  await expect(item(jhp, '3.2')).toBeVisible()
  await expect(jhp.getByRole('article')).toHaveCount(9)
})

const refused: [string, Buffer, RegExp][] = [
  ['an empty file', Buffer.from(''), /Filen er tom/],
  ['rubbish', Buffer.from('Hej med dig.\nDet her er ikke en dagsorden.\n'), /ligner ikke en dagsorden/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), /ikke ren tekst/],
  ['Latin-1', Buffer.from('1. Årsmøde\n\n1.1. Mødet på Ærø\n', 'latin1'), /tegnsæt/],
  ['a file of 6 MB', Buffer.alloc(6 * 1024 * 1024, 'a'), /for stor/],
]
for (const [name, buffer, sentence] of refused) {
  test(`${name} is refused with a sentence, and nothing is created`, async ({ browser }) => {
    const jhp = await arrive(await browser.newContext(), 'jhp', server.url)
    const meetings = () => jhp.locator('a[href^="/moeder/"]').count()
    const before = await meetings()
    await jhp.goto(`${server.url}/import`)
    await jhp.getByLabel('Vælg en fil').setInputFiles({ name: 'fil.txt', mimeType: 'text/plain', buffer })
    await expect(jhp.getByRole('alert').filter({ hasText: sentence })).toBeVisible()
    await expect(jhp.getByRole('button', { name: 'Opret dagsordenen' })).toHaveCount(0)
    await jhp.goto(server.url)
    expect(await meetings()).toBe(before)
  })
}

test('50 MB sent past the page is refused by the server before it is read', async ({ browser }) => {
  const world = await browser.newContext()
  const jhp = await arrive(world, 'jhp', server.url)
  const answer = await jhp.request.post(`${server.url}/api/import`, {
    multipart: {
      file: { name: 'fil.txt', mimeType: 'text/plain', buffer: Buffer.alloc(50 * 1024 * 1024, 'a') },
    },
  })
  expect([answer.status(), await answer.json()]).toEqual([413, { code: 'import-too-large' }])
})
