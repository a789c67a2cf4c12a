import type { Transaction } from '@/lib/db'
import type { IntegrationSettingRow } from '@/lib/projections/changes'
import { guardedUpsert, VERSION_COLUMNS, versionRecord } from './guarded-upsert'

const upsert = guardedUpsert({
  table: 'integration_setting',
  key: ['company_uuid', 'section_id', 'setting_id'],
  columns: {
    company_uuid: 'text',
    section_id: 'text',
    setting_id: 'text',
    value: 'text',
    ...VERSION_COLUMNS,
  },
})

/** Writes the integration's settings, each as the latest event that names it tells it. */
export async function writeIntegrationSettings(
  tx: Transaction,
  rows: IntegrationSettingRow[],
): Promise<void> {
  const records = rows.map((row) => ({
    company_uuid: row.companyUuid,
    section_id: row.sectionId,
    setting_id: row.settingId,
    value: row.value,
    ...versionRecord(row),
  }))
  await upsert(tx, records)
}
