import type { Transaction } from '@/lib/db'
import { readStoredEvents } from '@/lib/event-log/pick-events'
import type { Changes, Keyed } from '@/lib/projections/changes'
import { projectEvent } from '@/lib/projections/project-event'
import type { FirstMoment } from '@/lib/read-model/compare-tables'
import type { ReadModelTable } from '@/lib/read-model/read-model-tables'

// Bodies are up to a mebibyte each, and what is read is held at once.
const CHUNK = 50

/**
 * Finds, for each row, an event that tells its first moment. The rows remember the moment and not the event, so
 * that the events that may have told it are projected once more, until one says so.
 *
 * @returns Their sequence numbers; a row that no event tells of has none.
 */
export async function findFirstEvents(
  tx: Transaction,
  moments: FirstMoment[],
  signal: AbortSignal,
): Promise<bigint[]> {
  const wanted = new Map(
    moments.map((row) => [
      keyOf(row.table, { companyUuid: row.company_uuid, uuid: row.uuid }),
      row.at.getTime(),
    ]),
  )
  const found: bigint[] = []
  const candidates = await listCandidates(tx, moments)
  for (let start = 0; start < candidates.length && wanted.size > 0; start += CHUNK) {
    signal.throwIfAborted()
    for (const event of await readStoredEvents(tx, candidates.slice(start, start + CHUNK))) {
      const projected = projectEvent(event)
      if (!projected.ok) continue
      const told = momentsIn(projected.changes).filter(({ key, at }) => wanted.get(key) === at)
      if (told.length > 0) found.push(event.seq)
      for (const { key } of told) wanted.delete(key)
    }
  }
  return found
}

/**
 * The events that may tell one of the moments, in the order of the log. Partnerships, contacts and fields have the
 * moment of their event, which stands on its row, and fields and later contacts of an event nowhere else; messages
 * and rooms have moments of their own, and every event names both.
 */
async function listCandidates(tx: Transaction, moments: FirstMoment[]): Promise<bigint[]> {
  const of = (...tables: ReadModelTable[]) =>
    JSON.stringify(moments.filter(({ table }) => tables.includes(table)))
  const rows = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT e.seq FROM webhook_event e
    WHERE starts_with(e.event_type, 'partner_') AND e.status <> 'duplicate'
      AND (e.company_uuid, COALESCE(e.token_iat, e.received_at)) IN (
        SELECT x.company_uuid, x.at
        FROM json_to_recordset(${of('partnership', 'contact', 'custom_field')}::json)
          AS x(company_uuid text, at timestamptz))
    UNION
    SELECT e.seq
    FROM json_to_recordset(${of('message')}::json) AS x(company_uuid text, uuid text)
    JOIN webhook_event e ON e.company_uuid = x.company_uuid AND e.message_uuid = x.uuid
    WHERE e.status <> 'duplicate'
    UNION
    SELECT e.seq
    FROM json_to_recordset(${of('room')}::json) AS x(company_uuid text, uuid text)
    JOIN webhook_event e ON e.company_uuid = x.company_uuid AND e.room_uuid = x.uuid
    WHERE e.status <> 'duplicate'
    ORDER BY seq`
  return rows.map(({ seq }) => seq)
}

function momentsIn(changes: Changes): { key: string; at: number }[] {
  const of = (table: ReadModelTable, rows: (Keyed & { firstEventAt: Date })[]) =>
    rows.map((row) => ({ key: keyOf(table, row), at: row.firstEventAt.getTime() }))
  return [
    ...of('partnership', changes.partnerships),
    ...of('contact', changes.contacts),
    ...of('custom_field', changes.customFields),
    ...of('room', changes.rooms),
    ...of('message', changes.messages),
  ]
}

function keyOf(table: ReadModelTable, { companyUuid, uuid }: Keyed): string {
  return JSON.stringify([table, companyUuid, uuid])
}
