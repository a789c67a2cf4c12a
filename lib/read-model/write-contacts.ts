import type { Transaction } from '@/lib/db'
import type { ContactRow } from '@/lib/projections/changes'
import { entityKey } from '@/lib/projections/change-fold'
import { ConcurrentWriteError } from './concurrent-write-error'
import type { FieldCounts } from './field-counts'
import { findStanding } from './find-standing'
import { guardedUpsert, VERSION_COLUMNS, versionRecord, type JsonRecord } from './guarded-upsert'
import { lowerFirstEventAt, writtenKey } from './lower-first-event-at'
import type { PartnershipDeltas, PartnershipPart } from './partnership-deltas'
import { replaceCustomFieldValues } from './replace-custom-field-values'
import type { WriteOptions } from './write-options'
import { searchedValues, searchText, sortKey } from '@/lib/search-text'

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

const upsert = guardedUpsert({
  table: 'contact',
  key: ['company_uuid', 'uuid'],
  columns: COLUMNS,
  told: ['partnership_uuid'],
})

/**
 * Writes contacts, and with those that win their custom field values. A contact without a name is
 * listed by its e-mail address, else by its key.
 *
 * @param deltas Is told to which partnerships they came, and which ones they left.
 * @param counts Is told which custom fields they fill.
 * @returns The sequence numbers of the events that changed something.
 * @throws ConcurrentWriteError when somebody else made one of them between two of the statements.
 */
export async function writeContacts(
  tx: Transaction,
  rows: ContactRow[],
  deltas: PartnershipDeltas,
  counts: FieldCounts,
  { thorough }: WriteOptions,
): Promise<bigint[]> {
  if (rows.length === 0) return []
  const before = new Map((await lockContacts(tx, rows)).map((row) => [writtenKey(row), row]))
  const written = await upsert(tx, rows.map(toRecord))
  for (const contact of written) {
    const known = before.get(writtenKey(contact))
    if (!known && !contact.inserted) {
      throw new ConcurrentWriteError('somebody else wrote a contact of this batch first')
    }
    deltas.moveContact(known, contact)
  }
  const keys = new Set(written.map(writtenKey))
  const lowered = await lowerFirstEventAt(tx, 'contact', rows, keys)
  if (thorough) {
    for (const row of before.values()) deltas.touch(row.company_uuid, row.partnership_uuid)
    for (const row of rows) deltas.touch(row.companyUuid, row.partnershipUuid)
  }
  const standing = thorough ? await findStanding(tx, 'contact', rows) : keys
  const winners = rows.filter((row) => standing.has(entityKey(row)))
  const owners = await replaceCustomFieldValues(tx, 'contact', winners, counts, thorough)
  for (const owner of owners) keys.add(writtenKey(owner))
  for (const key of lowered) keys.add(key)
  return rows.filter((row) => keys.has(entityKey(row))).map(({ eventSeq }) => eventSeq)
}

// Once a contact is written, nothing tells any more which partnership it belonged to.
async function lockContacts(tx: Transaction, rows: ContactRow[]): Promise<PartnershipPart[]> {
  const keys = rows.map(({ companyUuid, uuid }) => ({ company_uuid: companyUuid, uuid }))
  return tx.$queryRaw<PartnershipPart[]>`
    SELECT c.company_uuid, c.uuid, c.partnership_uuid
    FROM json_to_recordset(${JSON.stringify(keys)}::json) AS x(company_uuid text, uuid text)
    JOIN contact c ON c.company_uuid = x.company_uuid AND c.uuid = x.uuid
    ORDER BY c.company_uuid COLLATE "C", c.uuid COLLATE "C"
    FOR UPDATE OF c`
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
    search_text: searchText([
      name,
      row.email,
      row.contactCompanyName,
      row.position,
      row.phoneNumber,
      ...searchedValues(row.customFieldValues),
    ]),
    first_event_at: row.firstEventAt,
    ...versionRecord(row),
  }
}
