-- By hand: what Prisma's schema language does not express.

-- A filter on positions: what contacts are found by holds their names, e-mails and texts as well, of which far more
-- have the trigrams that are looked for.
CREATE INDEX "contact_position_words_idx" ON "contact"
  USING gin (fold_for_search(left("position", 25600)) gin_trgm_ops);

-- A field has values of partnerships and of contacts; a filter asks for those of one of them.
DROP INDEX "custom_field_value_words_idx";
CREATE INDEX "custom_field_value_words_idx" ON "custom_field_value"
  USING gin ("owner_type", "field_uuid", fold_for_search(left("text_value", 25600)) gin_trgm_ops)
  WHERE "text_value" <> '';
