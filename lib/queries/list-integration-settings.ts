import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'

const SHOWN = 200

/** A setting of JourneyBee's integration as its newest event told it; texts cut to 500 characters. */
export type IntegrationSettingRow = {
  companyUuid: string
  sectionId: string
  settingId: string
  value: string | null
  changedAt: Date
}

/**
 * The integration's configuration as it was received, by company; at most 200 settings.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listIntegrationSettings(): Promise<IntegrationSettingRow[]> {
  await requireUser()
  return db().$queryRaw<IntegrationSettingRow[]>`
    SELECT company_uuid AS "companyUuid", section_id AS "sectionId", setting_id AS "settingId",
      left(value, 500) AS value, occurred_at AS "changedAt"
    FROM integration_setting ORDER BY company_uuid, section_id, setting_id LIMIT ${SHOWN}`
}
