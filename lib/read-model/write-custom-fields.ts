import type { Transaction } from '@/lib/db'
import { entityKey } from '@/lib/projections/change-fold'
import type { CustomFieldRow } from '@/lib/projections/changes'
import {
  lockUnlistedFields,
  moveFieldCounts,
  recountFields,
  type FieldCounts,
} from './field-counts'
import { guardedUpsert, VERSION_COLUMNS, versionRecord } from './guarded-upsert'
import { lowerFirstEventAt, writtenKey } from './lower-first-event-at'
import type { WriteOptions } from './write-options'
import { searchText, sortKey } from '@/lib/search-text'

const upsert = guardedUpsert({
  table: 'custom_field',
  key: ['company_uuid', 'uuid'],
  columns: {
    company_uuid: 'text',
    uuid: 'text',
    label: 'text',
    type: 'text',
    options: 'jsonb',
    sort_key: 'text',
    search_text: 'text',
    first_event_at: 'timestamptz',
    ...VERSION_COLUMNS,
  },
})

/**
 * Writes the definitions of custom fields: label, type and options as the latest snapshot tells them; and how
 * many owners fill them.
 *
 * @returns The sequence numbers of the events that changed something.
 */
export async function writeCustomFields(
  tx: Transaction,
  rows: CustomFieldRow[],
  counts: FieldCounts,
  { thorough, sources, noteForCounting }: WriteOptions,
): Promise<bigint[]> {
  for (const { companyUuid, uuid } of rows) counts.touch(companyUuid, uuid)
  if (counts.touched().length === 0) return []
  await lockUnlistedFields(tx, counts.touched(), rows)
  const records = rows.map((row) => ({
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    label: row.label,
    type: row.type,
    options: row.options?.map(({ id, label }) => ({ id, label })) ?? null,
    sort_key: sortKey(row.label, row.uuid),
    search_text: searchText([row.label]),
    first_event_at: row.firstEventAt,
    ...versionRecord(row),
  }))
  const written = await upsert(tx, records)
  const keys = new Set(written.map(writtenKey))
  const lowered = await lowerFirstEventAt(tx, 'custom_field', rows, keys)
  await noteForCounting?.(tx, 'custom_field', counts.touched())
  if (thorough && !noteForCounting) await recountFields(tx, counts.touched(), sources)
  else await moveFieldCounts(tx, counts.result())
  for (const key of lowered) keys.add(key)
  return rows.filter((row) => keys.has(entityKey(row))).map(({ eventSeq }) => eventSeq)
}
