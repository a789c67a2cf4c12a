-- By hand: what Prisma's schema language does not express.

-- A filter on a text field asks for the values of partnerships or of contacts, never of both. In an index of both,
-- every question also goes through the list of all values of its kind of owner.
DROP INDEX "custom_field_value_words_idx";
CREATE INDEX "custom_field_value_partnership_words_idx" ON "custom_field_value"
  USING gin ("field_uuid", folded_text("text_value") gin_trgm_ops)
  WHERE "text_value" <> '' AND "owner_type" = 'partnership';
CREATE INDEX "custom_field_value_contact_words_idx" ON "custom_field_value"
  USING gin ("field_uuid", folded_text("text_value") gin_trgm_ops)
  WHERE "text_value" <> '' AND "owner_type" = 'contact';
