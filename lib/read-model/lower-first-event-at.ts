import { Prisma, type Transaction } from '@/lib/db'
import { entityKey } from '@/lib/projections/change-fold'
import type { Keyed } from '@/lib/projections/changes'

/** A row of one of the tables that are keyed by (company_uuid, uuid), as they come back from a write. */
export type WrittenKey = { company_uuid: string; uuid: string }

/** The key of a written row, as `entityKey` makes it. */
export function writtenKey(row: WrittenKey): string {
  return entityKey({ companyUuid: row.company_uuid, uuid: row.uuid })
}

/**
 * Notes the earliest moment of rows whose version lost: an old event that arrives late changes nothing
 * else of a newer row, but it does tell since when there is one. The rows were locked by the upsert.
 *
 * @param written The keys that the upsert changed: those carry the earliest moment already.
 * @returns The keys of the rows whose moment was too late.
 */
export async function lowerFirstEventAt(
  tx: Transaction,
  table: 'partnership' | 'contact' | 'custom_field' | 'room' | 'message',
  rows: (Keyed & { firstEventAt: Date })[],
  written: Set<string>,
): Promise<Set<string>> {
  const lost = rows.filter((row) => !written.has(entityKey(row)))
  if (lost.length === 0) return new Set()
  const records = lost.map(({ companyUuid, uuid, firstEventAt }) => ({
    company_uuid: companyUuid,
    uuid,
    first_event_at: firstEventAt,
  }))
  const lowered = await tx.$queryRaw<WrittenKey[]>`
    UPDATE ${Prisma.raw(table)} t
    SET first_event_at = x.first_event_at
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(company_uuid text, uuid text, first_event_at timestamptz)
    WHERE t.company_uuid = x.company_uuid AND t.uuid = x.uuid
      AND t.first_event_at > x.first_event_at
    RETURNING t.company_uuid, t.uuid`
  return new Set(lowered.map(writtenKey))
}
