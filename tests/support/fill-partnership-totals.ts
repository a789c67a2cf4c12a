/**
 * SQL that counts the totals of all partnerships from rows that were written without the projector.
 */
export const FILL_PARTNERSHIP_TOTALS = `
  INSERT INTO partnership_total
    (company_uuid, uuid, received, contact_count, room_count, message_count, last_message_at, sort_at,
     partner_type)
  SELECT company_uuid, uuid, bool_or(received), sum(contacts), sum(rooms), sum(messages),
    max(last_message_at), coalesce(max(last_message_at), 'epoch'::timestamptz),
    coalesce(max(own_type), max(room_type))
  FROM (
    SELECT company_uuid, uuid, true AS received, 0 AS contacts, 0 AS rooms, 0 AS messages,
      NULL::timestamptz AS last_message_at, partner_type AS own_type, NULL AS room_type
    FROM partnership
    UNION ALL
    SELECT company_uuid, partnership_uuid, false, 1, 0, 0, NULL, NULL, NULL
    FROM contact WHERE partnership_uuid IS NOT NULL
    UNION ALL
    SELECT company_uuid, partnership_uuid, false, 0, 1, message_count, last_message_at, NULL, NULL
    FROM room WHERE partnership_uuid IS NOT NULL
    UNION ALL
    (SELECT DISTINCT ON (company_uuid, partnership_uuid)
       company_uuid, partnership_uuid, false, 0, 0, 0, NULL, NULL, partner_type
     FROM room WHERE partnership_uuid IS NOT NULL AND partner_type IS NOT NULL
     ORDER BY company_uuid, partnership_uuid, occurred_at DESC, event_seq DESC)
  ) parts
  GROUP BY company_uuid, uuid
  ON CONFLICT (company_uuid, uuid) DO UPDATE SET
    (received, contact_count, room_count, message_count, last_message_at, sort_at,
      partner_type) =
    ROW(excluded.received, excluded.contact_count, excluded.room_count, excluded.message_count,
      excluded.last_message_at, excluded.sort_at, excluded.partner_type)`
