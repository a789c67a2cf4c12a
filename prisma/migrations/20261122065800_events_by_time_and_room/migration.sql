-- Events of a span of time in one order, page by page: the sequence number tells those of one millisecond apart.
CREATE INDEX "webhook_event_received_at_seq_idx" ON "webhook_event" ("received_at", "seq");
DROP INDEX "webhook_event_received_at_idx";

-- The events of a room: only events of messages name one.
CREATE INDEX "webhook_event_room_idx" ON "webhook_event" ("company_uuid", "room_uuid", "seq" DESC)
  WHERE "room_uuid" IS NOT NULL;
