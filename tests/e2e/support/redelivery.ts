import { expect, type Browser, type Page } from '@playwright/test'
import type { App } from './app'
import { signIn } from './sign-in'

/** What the receivers of tests verify tokens with. */
export const DESTINATION_SECRET = 'destination_22222222-3333-4444-8555-666666666666'

type Fields = { name?: string; order?: 'In order' | 'In parallel'; atOnce?: number }

/** Makes a destination on its page, as a signed-in person does; returns the path of its page. */
export async function createDestination(
  page: Page,
  app: App,
  address: string,
  { name = 'A receiver', order = 'In order', atOnce = 4 }: Fields = {},
): Promise<string> {
  await page.goto(`${app.url}/destinations/new`)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Address').fill(address)
  await page.getByLabel('Secret').fill(DESTINATION_SECRET)
  await page.getByLabel('Order').selectOption(order)
  if (order === 'In parallel') await page.getByLabel('At once').fill(String(atOnce))
  await page.getByRole('button', { name: 'Create the destination' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return new URL(page.url()).pathname
}

/** Sends the events of a filter to the destination of that name; returns the path of the run's page. */
export async function redeliver(
  page: Page,
  app: App,
  query: string,
  name = 'A receiver',
): Promise<string> {
  await page.goto(`${app.url}/redeliveries/new?${query}`)
  await page.getByLabel('Destination').selectOption({ label: name })
  await page.getByRole('button', { name: 'Redeliver' }).click()
  await expect(page).toHaveURL(/\/redeliveries\/[0-9a-f-]{36}$/)
  return new URL(page.url()).pathname
}

/** A destination, a run of one event to it, and the addresses of their pages by route. */
export async function redeliveryAddresses(
  browser: Browser,
  app: App,
  address: string,
  eventId: string,
): Promise<Record<string, string>> {
  const page = await browser.newPage()
  await signIn(page, app)
  // The app may be one that other files have worked with.
  const name = 'A closed receiver'
  const destination = await createDestination(page, app, address, { name })
  const run = await redeliver(page, app, `ids=${eventId}`, name)
  await page.close()
  return {
    '/destinations/[id]': destination,
    '/redeliveries/[id]': run,
    '/redeliveries/[id]/[event]': `${run}/${eventId}`,
  }
}
