import { expect, type Page } from '@playwright/test'
import type { App } from './app'

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>

const sessions = new WeakMap<App, Cookies>()

/**
 * Makes a page one of somebody who is signed in, and leaves it where it is. The first time for an app, and after
 * its session was ended, that is done through the login page; otherwise the page shares the session.
 */
export async function signIn(page: Page, app: App): Promise<void> {
  const context = page.context()
  const known = sessions.get(app)
  if (known) {
    await context.addCookies(known)
    if ((await page.request.head(`${app.url}/api/live`)).ok()) return
    await context.clearCookies()
  }
  await signInByForm(page, app)
  sessions.set(app, await context.cookies())
}

/** Signs in through the login page, as a person does, with a session of one's own; the page shows the overview. */
export async function signInByForm(page: Page, app: App): Promise<void> {
  const { ADMIN_EMAIL, ADMIN_PASSWORD } = await app.settings()
  await page.goto(`${app.url}/login`)
  await page.getByLabel('E-mail').fill(ADMIN_EMAIL!)
  await page.getByLabel('Password').fill(ADMIN_PASSWORD!)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/\/login/)
}
