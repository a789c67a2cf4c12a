/**
 * SQL that counts the totals of all partnerships from rows that were written without the projector.
 */
export const FILL_PARTNERSHIP_TOTALS = `
  INSERT INTO partnership_total
    (company_uuid, uuid, received, contact_count, room_count, message_count, last_message_at, sort_at,
     partner_type)
  SELECT company_uuid, uuid, bool_or(received), sum(contacts), sum(rooms), sum(messages),
    max(last_message_at), coalesce(max(last_message_at), 'epoch'::timestamptz),
    coalesce(
      (SELECT p.partner_type FROM partnership p
       WHERE p.company_uuid = parts.company_uuid AND p.uuid = parts.uuid),
      (SELECT r.partner_type FROM room r
       WHERE r.company_uuid = parts.company_uuid AND r.partnership_uuid = parts.uuid
         AND r.partner_type IS NOT NULL
       ORDER BY r.occurred_at DESC, r.event_seq DESC LIMIT 1))
  FROM (
    SELECT company_uuid, uuid, true AS received, 0 AS contacts, 0 AS rooms, 0 AS messages,
      NULL::timestamptz AS last_message_at
    FROM partnership
    UNION ALL
    SELECT company_uuid, partnership_uuid, false, 1, 0, 0, NULL
    FROM contact WHERE partnership_uuid IS NOT NULL
    UNION ALL
    SELECT company_uuid, partnership_uuid, false, 0, 1, message_count, last_message_at
    FROM room WHERE partnership_uuid IS NOT NULL
  ) parts
  GROUP BY company_uuid, uuid
  ON CONFLICT (company_uuid, uuid) DO UPDATE SET
    (received, contact_count, room_count, message_count, last_message_at, sort_at,
      partner_type) =
    ROW(excluded.received, excluded.contact_count, excluded.room_count, excluded.message_count,
      excluded.last_message_at, excluded.sort_at, excluded.partner_type)`
