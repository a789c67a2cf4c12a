import { expect } from '@playwright/test'
import type { App } from './app'
import { untilApplied } from './until-applied'
import { CLAIMS, postEvent, signToken } from './webhook'

/** Sends partnerships, with the integration's settings, as JourneyBee does, and waits until they can be seen. */
export async function sendPartnerships(
  app: App,
  companyUuid: string,
  partnerships: object[],
  configuration: object[] = [],
): Promise<void> {
  const claims = { ...CLAIMS, company_uuid: companyUuid, event_id: 'partner_created' }
  const token = await signToken({ secret: await app.secret(), claims })
  for (const partnership of partnerships) {
    const response = await postEvent(app.webhookUrl, token, { partnership, configuration })
    expect(response.status).toBe(200)
  }
  await untilApplied(app, companyUuid)
}
