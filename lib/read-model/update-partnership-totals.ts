import type { Transaction } from '@/lib/db'
import type { PartnershipDelta } from './partnership-deltas'

/**
 * Moves the totals of partnerships (table `partnership_total`) by what a batch changed, and finds their
 * newest message and their partner type anew through indexes of rooms: flat cost, however much a
 * partnership has.
 *
 * Everybody locks these rows after contacts and rooms, in the order of their keys. The locks are a
 * statement of their own: the one that follows sees everything that others committed to them while it
 * waited, which it must, as the newest message may stand in a room that another batch has just changed.
 * A row that says nothing any more is deleted, so that it does not depend on the order of events whether
 * there is one.
 */
export async function updatePartnershipTotals(
  tx: Transaction,
  deltas: PartnershipDelta[],
): Promise<void> {
  if (deltas.length === 0) return
  await lockPartnershipTotals(tx, keysOf(deltas))
  await tx.$executeRaw`
    UPDATE partnership_total t
    SET received = t.received OR x.received,
        contact_count = t.contact_count + x.contacts,
        room_count = t.room_count + x.rooms,
        message_count = t.message_count + x.messages,
        last_message_at = newest.at,
        partner_type = told.partner_type,
        sort_at = COALESCE(newest.at, 'epoch'::timestamptz)
    FROM json_to_recordset(${JSON.stringify(deltas)}::json)
      AS x(company_uuid text, uuid text, received bool, contacts int, rooms int, messages int)
    CROSS JOIN LATERAL (
      SELECT max(r.last_message_at) AS at
      FROM room r
      WHERE r.company_uuid = x.company_uuid AND r.partnership_uuid = x.uuid
    ) newest
    CROSS JOIN LATERAL (
      SELECT COALESCE(
        (SELECT p.partner_type FROM partnership p
         WHERE p.company_uuid = x.company_uuid AND p.uuid = x.uuid),
        (SELECT r.partner_type FROM room r
         WHERE r.company_uuid = x.company_uuid AND r.partnership_uuid = x.uuid
           AND r.partner_type IS NOT NULL
         ORDER BY r.occurred_at DESC, r.event_seq DESC LIMIT 1)) AS partner_type
    ) told
    WHERE t.company_uuid = x.company_uuid AND t.uuid = x.uuid
      AND (t.received < x.received OR (x.contacts, x.rooms, x.messages) <> (0, 0, 0)
        OR (t.last_message_at, t.partner_type) IS DISTINCT FROM (newest.at, told.partner_type))`
  const left = deltas.filter(({ contacts, rooms }) => contacts < 0 || rooms < 0)
  if (left.length === 0) return
  await tx.$executeRaw`
    DELETE FROM partnership_total t
    USING json_to_recordset(${keysOf(left)}::json) AS x(company_uuid text, uuid text)
    WHERE t.company_uuid = x.company_uuid AND t.uuid = x.uuid
      AND NOT t.received AND t.contact_count = 0 AND t.room_count = 0`
}

/**
 * Locks the totals of partnerships in the order of their keys, and makes those that are not there.
 *
 * @param keys An array of `company_uuid` and `uuid` as JSON text.
 */
export async function lockPartnershipTotals(tx: Transaction, keys: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO partnership_total AS t (company_uuid, uuid)
    SELECT company_uuid, uuid
    FROM json_to_recordset(${keys}::json) AS x(company_uuid text, uuid text)
    ORDER BY company_uuid COLLATE "C", uuid COLLATE "C"
    ON CONFLICT (company_uuid, uuid) DO UPDATE SET received = t.received WHERE FALSE`
}

function keysOf(deltas: PartnershipDelta[]): string {
  return JSON.stringify(deltas.map(({ company_uuid, uuid }) => ({ company_uuid, uuid })))
}
