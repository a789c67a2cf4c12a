import { expect, type Page } from '@playwright/test'
import type { App } from './app'

/** Signs in through the login page, as a person does. */
export async function signIn(page: Page, app: App): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = await app.settings()
  await page.goto(`${app.url}/login`)
  await page.getByLabel('E-mail').fill(ADMIN_EMAIL!)
  await page.getByLabel('Password').fill(ADMIN_PASSWORD!)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/\/login/)
}
