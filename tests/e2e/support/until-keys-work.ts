import { expect, type Page } from '@playwright/test'

/**
 * Waits until the keys that every page knows are listened to: a key that is pressed before that is lost. The
 * browser alone knows the theme, so that its button shows with the same effects that listen to keys.
 */
export async function untilKeysWork(page: Page): Promise<void> {
  const theme = page.locator('[aria-label="Theme"] [aria-pressed="true"]')
  await expect(theme.first()).toBeAttached()
}

/** Waits until a table listens to keys and to the pointer, and leaves its first row focused. */
export async function untilTableWorks(page: Page): Promise<void> {
  const focused = page.locator('tbody tr:focus-within')
  await expect.poll(() => page.keyboard.press('j').then(() => focused.count())).toBe(1)
}
