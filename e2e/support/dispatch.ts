import { expect, type Page } from '@playwright/test'

/** Opens the dialog, goes on with a reason where one is asked for, and waits until it is sent. */
export async function send(page: Page, button: string, told: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  const dialog = page.getByRole('dialog')
  const reason = dialog.getByLabel('Hvorfor udsendes dagsordenen alligevel?')
  if (await reason.isVisible()) await reason.fill('Mødet er om få dage.')
  await dialog.getByRole('button', { name: /^Udsend/ }).click()
  await expect(page.getByText(told).first()).toBeVisible()
  await expect(dialog).toHaveCount(0)
}
