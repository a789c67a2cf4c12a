import type { Transaction } from '@/lib/db'
import type { ContactRow } from '@/lib/projections/changes'
import { entityKey } from '@/lib/projections/change-fold'
import { guardedUpsert, VERSION_COLUMNS, versionRecord, type JsonRecord } from './guarded-upsert'
import { lowerFirstEventAt, writtenKey } from './lower-first-event-at'
import { replaceCustomFieldValues } from './replace-custom-field-values'
import { searchText, sortKey } from '@/lib/search-text'

const COLUMNS = {
  company_uuid: 'text',
  uuid: 'text',
  external_id: 'text',
  partnership_uuid: 'text',
  email: 'text',
  first_name: 'text',
  last_name: 'text',
  position: 'text',
  phone_number: 'text',
  contact_company_name: 'text',
  tags: 'jsonb',
  sort_key: 'text',
  search_text: 'text',
  first_event_at: 'timestamptz',
  ...VERSION_COLUMNS,
} as const

const upsert = guardedUpsert({ table: 'contact', key: ['company_uuid', 'uuid'], columns: COLUMNS })

/**
 * Writes contacts, and with those that win their custom field values. A contact without a name is
 * listed by its e-mail address, else by its key.
 */
export async function writeContacts(tx: Transaction, rows: ContactRow[]): Promise<void> {
  if (rows.length === 0) return
  const written = await upsert(tx, rows.map(toRecord))
  const keys = new Set(written.map(writtenKey))
  await lowerFirstEventAt(tx, 'contact', rows, keys)
  const winners = rows.filter((row) => keys.has(entityKey(row)))
  await replaceCustomFieldValues(tx, 'contact', winners)
}

function toRecord(row: ContactRow): JsonRecord<keyof typeof COLUMNS> {
  const name = [row.firstName, row.lastName].filter(Boolean).join(' ')
  return {
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    external_id: row.externalId,
    partnership_uuid: row.partnershipUuid,
    email: row.email,
    first_name: row.firstName,
    last_name: row.lastName,
    position: row.position,
    phone_number: row.phoneNumber,
    contact_company_name: row.contactCompanyName,
    tags: row.tags,
    sort_key: sortKey(name, row.email, row.uuid),
    search_text: searchText([name, row.email, row.contactCompanyName, row.position]),
    first_event_at: row.firstEventAt,
    ...versionRecord(row),
  }
}
