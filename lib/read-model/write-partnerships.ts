import type { Transaction } from '@/lib/db'
import type { PartnershipRow } from '@/lib/projections/changes'
import { entityKey } from '@/lib/projections/change-fold'
import type { FieldCounts } from './field-counts'
import { findStanding } from './find-standing'
import { guardedUpsert, VERSION_COLUMNS, versionRecord, type JsonRecord } from './guarded-upsert'
import { lowerFirstEventAt, writtenKey } from './lower-first-event-at'
import type { PartnershipDeltas } from './partnership-deltas'
import { replaceCustomFieldValues } from './replace-custom-field-values'
import type { WriteOptions } from './write-options'
import { searchedValues, searchText, sortKey } from '@/lib/search-text'

const COLUMNS = {
  company_uuid: 'text',
  uuid: 'text',
  company_name: 'text',
  company_domain: 'text',
  company_website: 'text',
  company_description: 'text',
  company_email: 'text',
  company_phone_number: 'text',
  country_uuid: 'text',
  country_label: 'text',
  industry_uuid: 'text',
  industry_label: 'text',
  stage_uuid: 'text',
  stage_label: 'text',
  category_uuid: 'text',
  category_label: 'text',
  tier_uuid: 'text',
  tier_label: 'text',
  partner_type: 'text',
  sort_key: 'text',
  search_text: 'text',
  first_event_at: 'timestamptz',
  ...VERSION_COLUMNS,
} as const

const upsert = guardedUpsert({
  table: 'partnership',
  key: ['company_uuid', 'uuid'],
  columns: COLUMNS,
})

/**
 * Writes partnerships, and with those that win their custom field values. A partnership without a name
 * is listed by its domain, else by its uuid.
 *
 * @param deltas Is told which ones changed.
 * @param counts Is told which custom fields they fill.
 * @returns The sequence numbers of the events that changed something.
 */
export async function writePartnerships(
  tx: Transaction,
  rows: PartnershipRow[],
  deltas: PartnershipDeltas,
  counts: FieldCounts,
  { thorough }: WriteOptions,
): Promise<bigint[]> {
  if (rows.length === 0) return []
  const written = await upsert(tx, rows.map(toRecord))
  for (const partnership of written) deltas.receive(partnership)
  const keys = new Set(written.map(writtenKey))
  const lowered = await lowerFirstEventAt(tx, 'partnership', rows, keys)
  if (thorough) for (const row of rows) deltas.touch(row.companyUuid, row.uuid)
  const standing = thorough ? await findStanding(tx, 'partnership', rows) : keys
  const winners = rows.filter((row) => standing.has(entityKey(row)))
  const owners = await replaceCustomFieldValues(tx, 'partnership', winners, counts, thorough)
  for (const owner of owners) keys.add(writtenKey(owner))
  for (const key of lowered) keys.add(key)
  return rows.filter((row) => keys.has(entityKey(row))).map(({ eventSeq }) => eventSeq)
}

function toRecord(row: PartnershipRow): JsonRecord<keyof typeof COLUMNS> {
  return {
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    company_name: row.companyName,
    company_domain: row.companyDomain,
    company_website: row.companyWebsite,
    company_description: row.companyDescription,
    company_email: row.companyEmail,
    company_phone_number: row.companyPhoneNumber,
    country_uuid: row.countryUuid,
    country_label: row.countryLabel,
    industry_uuid: row.industryUuid,
    industry_label: row.industryLabel,
    stage_uuid: row.stageUuid,
    stage_label: row.stageLabel,
    category_uuid: row.categoryUuid,
    category_label: row.categoryLabel,
    tier_uuid: row.tierUuid,
    tier_label: row.tierLabel,
    partner_type: row.partnerType,
    sort_key: sortKey(row.companyName, row.companyDomain, row.uuid),
    search_text: searchText([
      row.companyName,
      row.companyDomain,
      row.companyWebsite,
      row.companyEmail,
      row.companyPhoneNumber,
      ...searchedValues(row.customFieldValues),
    ]),
    first_event_at: row.firstEventAt,
    ...versionRecord(row),
  }
}
