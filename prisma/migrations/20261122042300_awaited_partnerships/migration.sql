-- Partnerships that contacts and rooms name and that have not been received: nearly none.
CREATE INDEX "partnership_total_awaited_idx" ON "partnership_total" ("company_uuid", "uuid") WHERE NOT "received";
