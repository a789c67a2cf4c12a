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

/**
 * Writes the integration's settings, each as the latest event that names it tells it.
 *
 * @returns The sequence numbers of the events that changed something.
 */
export async function writeIntegrationSettings(
  tx: Transaction,
  rows: IntegrationSettingRow[],
): Promise<bigint[]> {
  const records = rows.map((row) => ({
    company_uuid: row.companyUuid,
    section_id: row.sectionId,
    setting_id: row.settingId,
    value: row.value,
    ...versionRecord(row),
  }))
  const written = await upsert(tx, records)
  const keys = new Set(
    written.map((row) => JSON.stringify([row.company_uuid, row.section_id, row.setting_id])),
  )
  return rows
    .filter((row) => keys.has(JSON.stringify([row.companyUuid, row.sectionId, row.settingId])))
    .map(({ eventSeq }) => eventSeq)
}
