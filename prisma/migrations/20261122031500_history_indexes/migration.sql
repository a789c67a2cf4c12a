-- What Prisma's schema language does not express: indexes on the log in the order of versions,
-- (occurredAt, seq), from which histories and "as of" views are folded.

-- The history of a partnership. An event enters it when it is applied, not when it is received: the
-- acknowledgement does not pay for it.
CREATE INDEX "webhook_event_history_idx" ON "webhook_event"
  ("company_uuid", "partnership_uuid", (COALESCE("token_iat", "received_at")) DESC, "seq" DESC)
  WHERE "status" = 'applied' AND "partnership_uuid" IS NOT NULL;

-- What was received about it and has no effect. The ordinary event never enters it.
CREATE INDEX "webhook_event_troubled_history_idx" ON "webhook_event"
  ("company_uuid", "partnership_uuid", (COALESCE("token_iat", "received_at")) DESC, "seq" DESC)
  WHERE "status" IN ('failed', 'invalid', 'unsupported', 'duplicate') AND "partnership_uuid" IS NOT NULL;

-- The versions of a partnership: a million messages may lie between two of them.
CREATE INDEX "webhook_event_partnership_version_idx" ON "webhook_event"
  ("company_uuid", "partnership_uuid", (COALESCE("token_iat", "received_at")) DESC, "seq" DESC)
  WHERE "status" = 'applied' AND "event_type" IN ('partner_created', 'partner_updated');

-- The versions of a contact.
CREATE INDEX "webhook_event_contact_version_idx" ON "webhook_event"
  ("company_uuid", "contact_uuid", (COALESCE("token_iat", "received_at")) DESC, "seq" DESC)
  WHERE "status" = 'applied' AND "event_type" IN ('partner_contact_created', 'partner_contact_updated');
