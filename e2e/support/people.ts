import { type BrowserContext, expect, type Page } from '@playwright/test'
import type { PostOffice } from '@/lib/identity/testing/post-office.ts'
import { type DemoInitials, demoPeople } from '@/prisma/demo/people.ts'

/** Signs a demo person in through the sign-in page, and waits until the page they wanted is there. */
export async function signIn(page: Page, initials: DemoInitials, url: string): Promise<void> {
  const name = demoPeople.find((known) => known.initials === initials)?.name ?? initials
  await page.goto(`${url}/log-ind`)
  const isThere = () => new URL(page.url()).pathname !== '/log-ind'
  // A press before the page's script has run does nothing, as for a person; so it is pressed until it does.
  await expect(async () => {
    if (isThere()) return
    await page.getByRole('button', { name, exact: true }).click({ timeout: 1000 })
    await page.waitForURL(isThere, { timeout: 5000 })
  }).toPass({ timeout: 40_000 })
}

/** One more person, signed in, at the browser that `context` stands for. */
export async function arrive(context: BrowserContext, initials: DemoInitials, url: string): Promise<Page> {
  const page = await context.newPage()
  await signIn(page, initials, url)
  return page
}

/**
 * One more person, signed in by a mailed link: there is no demo sign-in where there is a mail server. The link has to be
 * the next mail that arrives.
 */
export async function arriveByMail(
  context: BrowserContext,
  initials: DemoInitials,
  { url, postOffice }: { url: string; postOffice: PostOffice },
): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}/log-ind`)
  await page.getByLabel('E-mail').fill(`${initials}@kkr.example`)
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByText('Tjek din indbakke')).toBeVisible()
  await page.goto((await postOffice.next()).text?.match(/https?:\S+/)?.[0] ?? '')
  await page.getByRole('button', { name: 'Log ind' }).click()
  await expect(page.getByRole('button', { name: /Din konto/ })).toBeVisible()
  return page
}
