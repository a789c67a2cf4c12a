import type { Transaction } from '@/lib/db'
import type { RoomRow } from '@/lib/projections/changes'
import { guardedUpsert, VERSION_COLUMNS, versionRecord } from './guarded-upsert'
import { lowerFirstEventAt, writtenKey } from './lower-first-event-at'
import type { PartnershipPart } from './partnership-deltas'

const upsert = guardedUpsert({
  table: 'room',
  key: ['company_uuid', 'uuid'],
  columns: {
    company_uuid: 'text',
    uuid: 'text',
    partnership_uuid: 'text',
    partner_type: 'text',
    first_event_at: 'timestamptz',
    ...VERSION_COLUMNS,
  },
  known: ['partnership_uuid', 'partner_type'],
  told: ['partnership_uuid'],
})

/**
 * Writes what messages say of their rooms, for a replay; an arrival writes it together with what is counted
 * (update-rooms.ts).
 *
 * @returns The rooms that changed, with their partnership now, and the keys of those of which only the first moment did.
 */
export async function writeRooms(
  tx: Transaction,
  rows: RoomRow[],
): Promise<{ written: PartnershipPart[]; lowered: Set<string> }> {
  if (rows.length === 0) return { written: [], lowered: new Set() }
  const records = rows.map((row) => ({
    company_uuid: row.companyUuid,
    uuid: row.uuid,
    partnership_uuid: row.partnershipUuid,
    partner_type: row.partnerType,
    first_event_at: row.firstEventAt,
    ...versionRecord(row),
  }))
  const written = await upsert(tx, records)
  const keys = new Set(written.map(writtenKey))
  return { written, lowered: await lowerFirstEventAt(tx, 'room', rows, keys) }
}
