import { expect, test } from '@playwright/test'
import { arrive } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'

let server: TestServer
test.beforeAll(async () => {
  server = await startServer()
})
test.afterAll(() => server.dispose())

test('a secretary signs in and sees the coming meeting; a stranger is sent to the sign-in page', async ({
  browser,
  page,
}) => {
  const secretary = await arrive(await browser.newContext(), 'jhp', server.url)
  await expect(secretary.getByText('KKR Midtjylland').first()).toBeVisible()
  await expect(secretary.getByText('Viborg').first()).toBeVisible()
  await page.goto(server.url)
  await expect(page).toHaveURL(/\/log-ind/)
})

test('no page breaks its own content security policy', async ({ browser }) => {
  const page = await arrive(await browser.newContext(), 'jhp', server.url)
  const broken: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text())
  })
  await page.goto(server.url)
  const link = page
    .getByRole('link')
    .filter({ hasText: /møde|dagsorden|åbn/i })
    .first()
  await link.click()
  await expect(page.getByRole('main')).toBeVisible()
  expect(broken).toEqual([])
})
