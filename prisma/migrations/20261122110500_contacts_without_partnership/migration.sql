-- The end of the contacts by their partnership: those of none, in the order of their ids.
CREATE INDEX "contact_without_partnership_idx" ON "contact" ("company_uuid", "uuid") WHERE "partnership_uuid" IS NULL;
