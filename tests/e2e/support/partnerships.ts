import { expect } from '@playwright/test'
import type { App } from './app'
import { queryDatabase } from './database'
import { CLAIMS, postEvent, signToken } from './webhook'

/** Sends partnerships as JourneyBee does and waits until they can be seen. */
export async function sendPartnerships(
  app: App,
  companyUuid: string,
  partnerships: object[],
): Promise<void> {
  const claims = { ...CLAIMS, company_uuid: companyUuid, event_id: 'partner_created' }
  const token = await signToken({ secret: await app.secret(), claims })
  for (const partnership of partnerships) {
    const response = await postEvent(app.webhookUrl, token, { partnership })
    expect(response.status).toBe(200)
  }
  const url = await app.databaseUrl()
  const left = () =>
    queryDatabase(
      url,
      "SELECT FROM webhook_event WHERE status <> 'applied' AND company_uuid = $1",
      [companyUuid],
    )
  await expect.poll(async () => (await left()).length, { timeout: 30_000 }).toBe(0)
}
