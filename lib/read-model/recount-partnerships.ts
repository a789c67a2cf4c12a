import type { Transaction } from '@/lib/db'
import type { CountSources } from './count-sources'
import type { WrittenKey } from './lower-first-event-at'
import { lockPartnershipTotals } from './update-partnership-totals'

/**
 * Counts what partnerships have, and writes it where it is not what stands in `partnership_total`. What
 * `updatePartnershipTotals` moves by differences comes out the same; this also repairs, and reads every contact and
 * room of a partnership. Messages are counted through the rooms' own totals.
 *
 * @returns How many were another.
 */
export async function recountPartnerships(
  tx: Transaction,
  partnerships: WrittenKey[],
  sources: CountSources,
): Promise<number> {
  if (partnerships.length === 0) return 0
  const keys = JSON.stringify(
    partnerships.map(({ company_uuid, uuid }) => ({ company_uuid, uuid })),
  )
  await lockPartnershipTotals(tx, keys)
  const updated = await tx.$executeRaw`
    UPDATE partnership_total t
    SET received = told.received,
        contact_count = contacts.count,
        room_count = rooms.count,
        message_count = rooms.messages,
        last_message_at = rooms.newest,
        partner_type = COALESCE(told.partner_type, of_rooms.partner_type),
        sort_at = COALESCE(rooms.newest, 'epoch'::timestamptz)
    FROM json_to_recordset(${keys}::json) AS x(company_uuid text, uuid text)
    CROSS JOIN LATERAL (
      SELECT count(*) > 0 AS received, max(p.partner_type) AS partner_type
      FROM ${sources.partnership} p
      WHERE p.company_uuid = x.company_uuid AND p.uuid = x.uuid
    ) told
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count
      FROM ${sources.contact} c
      WHERE c.company_uuid = x.company_uuid AND c.partnership_uuid = x.uuid
    ) contacts
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, COALESCE(sum(r.message_count), 0)::int AS messages,
        max(r.last_message_at) AS newest
      FROM ${sources.room} r
      WHERE r.company_uuid = x.company_uuid AND r.partnership_uuid = x.uuid
    ) rooms
    LEFT JOIN LATERAL (
      SELECT r.partner_type
      FROM ${sources.room} r
      WHERE r.company_uuid = x.company_uuid AND r.partnership_uuid = x.uuid
        AND r.partner_type IS NOT NULL
      ORDER BY r.occurred_at DESC, r.event_seq DESC
      LIMIT 1
    ) of_rooms ON true
    WHERE t.company_uuid = x.company_uuid AND t.uuid = x.uuid
      AND (t.received, t.contact_count, t.room_count, t.message_count, t.last_message_at, t.partner_type,
          t.sort_at)
        IS DISTINCT FROM (told.received, contacts.count, rooms.count, rooms.messages, rooms.newest,
          COALESCE(told.partner_type, of_rooms.partner_type),
          COALESCE(rooms.newest, 'epoch'::timestamptz))`
  await tx.$executeRaw`
    DELETE FROM partnership_total t
    USING json_to_recordset(${keys}::json) AS x(company_uuid text, uuid text)
    WHERE t.company_uuid = x.company_uuid AND t.uuid = x.uuid
      AND NOT t.received AND t.contact_count = 0 AND t.room_count = 0`
  return updated
}
