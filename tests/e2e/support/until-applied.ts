import { expect } from '@playwright/test'
import type { App } from './app'
import { queryDatabase } from './database'

/**
 * Waits until every event that was stored of a company is applied, so that a page opened after this shows what they
 * say. A page that is opened before may be one that is not found, which the browser tells as an error.
 */
export async function untilApplied(app: App, companyUuid: string): Promise<void> {
  const url = await app.databaseUrl()
  const left = () =>
    queryDatabase(
      url,
      `SELECT id::text, status, error_message FROM webhook_event WHERE status <> 'applied' AND company_uuid = $1 LIMIT 5`,
      [companyUuid],
    )
  await expect.poll(left, { timeout: 60_000 }).toEqual([])
}
