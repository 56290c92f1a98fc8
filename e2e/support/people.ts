import { type BrowserContext, expect, type Page } from '@playwright/test'
import { type DemoInitials, demoPeople } from '@/prisma/demo/people.ts'

/** Signs a demo person in through the sign-in page, and waits until the page they wanted is there. */
export async function signIn(page: Page, initials: DemoInitials, url: string): Promise<void> {
  const person = demoPeople.find((known) => known.initials === initials)
  await page.goto(`${url}/log-ind`)
  await page.getByRole('button', { name: person?.name ?? initials, exact: true }).click()
  await expect(page).not.toHaveURL(/log-ind/)
}

/** A new person at a browser of their own, signed in. */
export async function arrive(context: BrowserContext, initials: DemoInitials, url: string): Promise<Page> {
  const page = await context.newPage()
  await signIn(page, initials, url)
  return page
}
