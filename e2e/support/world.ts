import { test as base } from '@playwright/test'

export { expect } from '@playwright/test'

/** Playwright's test, after which everybody's browser is closed: nobody of one test is present in the next. */
export const test = base.extend<{ everyoneLeaves: undefined }>({
  everyoneLeaves: [
    async ({ browser }, use) => {
      await use(undefined)
      await Promise.all(browser.contexts().map((context) => context.close()))
    },
    { auto: true },
  ],
})
