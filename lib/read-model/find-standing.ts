import { Prisma, type Transaction } from '@/lib/db'
import type { Keyed } from '@/lib/projections/changes'
import type { Version } from '@/lib/projections/version'
import { versionRecord } from './guarded-upsert'
import { writtenKey, type WrittenKey } from './lower-first-event-at'

/** Which of the rows are the ones that stand in the table: those that won, now or earlier. By `entityKey`. */
export async function findStanding(
  tx: Transaction,
  table: 'partnership' | 'contact' | 'message',
  rows: (Keyed & Version)[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const records = rows.map((row) => ({
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    ...versionRecord(row),
  }))
  const found = await tx.$queryRaw<WrittenKey[]>`
    SELECT t.company_uuid, t.uuid
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(company_uuid text, uuid text, occurred_at timestamptz, event_seq bigint)
    JOIN ${Prisma.raw(table)} t ON t.company_uuid = x.company_uuid AND t.uuid = x.uuid
    WHERE (t.occurred_at, t.event_seq) = (x.occurred_at, x.event_seq)`
  return new Set(found.map(writtenKey))
}
