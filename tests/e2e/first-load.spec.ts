import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { signIn } from './support/sign-in'
import { expect, test } from './support/test'

const LISTS = ['partnerships', 'contacts', 'custom-fields', 'attachments']
const BUDGET_BYTES = 170_000

for (const list of LISTS) {
  test(`the first load of /${list} is at most 170 kB of gzipped JavaScript`, async ({
    app,
    browser,
    page,
  }) => {
    await signIn(page, app)
    // A browser that has been nowhere yet: nothing is in its cache.
    const context = await browser.newContext({ storageState: await page.context().storageState() })
    const sizes = await scriptSizes(await context.newPage(), `${app.url}/${list}`)
    await context.close()
    expect(sizes.length).toBeGreaterThan(3)
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(total, JSON.stringify(sizes, null, 2)).toBeLessThanOrEqual(BUDGET_BYTES)
  })
}

/** What the browser fetched as scripts until nothing was under way any more. */
async function scriptSizes(page: Page, url: string): Promise<{ file: string; bytes: number }[]> {
  const scripts: Promise<{ file: string; bytes: number }>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    scripts.push(
      response.body().then((body) => ({
        file: new URL(response.url()).pathname,
        bytes: gzipSync(body).length,
      })),
    )
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return Promise.all(scripts)
}
