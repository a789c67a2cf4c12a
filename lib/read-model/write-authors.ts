import type { Transaction } from '@/lib/db'
import { entityKey } from '@/lib/projections/change-fold'
import type { AuthorRow } from '@/lib/projections/changes'
import { searchText } from '@/lib/search-text'
import { guardedUpsert, VERSION_COLUMNS, versionRecord } from './guarded-upsert'
import { writtenKey } from './lower-first-event-at'

const upsert = guardedUpsert({
  table: 'author',
  key: ['company_uuid', 'uuid'],
  columns: {
    company_uuid: 'text',
    uuid: 'text',
    email: 'text',
    first_name: 'text',
    last_name: 'text',
    profile_image_url: 'text',
    author_company_uuid: 'text',
    author_company_name: 'text',
    search_text: 'text',
    ...VERSION_COLUMNS,
  },
})

/**
 * Writes the people who wrote messages, as their latest message shows them.
 *
 * @returns The sequence numbers of the events that changed something.
 */
export async function writeAuthors(tx: Transaction, rows: AuthorRow[]): Promise<bigint[]> {
  const records = rows.map((row) => ({
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    email: row.email,
    first_name: row.firstName,
    last_name: row.lastName,
    profile_image_url: row.profileImageUrl,
    author_company_uuid: row.authorCompanyUuid,
    author_company_name: row.authorCompanyName,
    search_text: searchText([
      [row.firstName, row.lastName].filter(Boolean).join(' '),
      row.email,
      row.authorCompanyName,
    ]),
    ...versionRecord(row),
  }))
  const keys = new Set((await upsert(tx, records)).map(writtenKey))
  return rows.filter((row) => keys.has(entityKey(row))).map(({ eventSeq }) => eventSeq)
}
