-- By hand: what Prisma's schema language does not express.

-- A text as it is searched where no folded copy of it is stored: its first 25,600 characters, as fold_for_search folds
-- them. Most are short and of nothing but ASCII: those are taken as they are, which is half of what cutting them first
-- took for each row that a filter compares. Not STRICT, so that the planner can put its body in the place of a call.
CREATE FUNCTION "folded_text"("given" text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN octet_length("given") <= 25600 AND octet_length("given") = length("given") THEN lower("given")
    ELSE fold_for_search(left("given", 25600))
  END;

DROP INDEX "contact_position_words_idx";
CREATE INDEX "contact_position_words_idx" ON "contact"
  USING gin (folded_text("position") gin_trgm_ops);

DROP INDEX "custom_field_value_words_idx";
CREATE INDEX "custom_field_value_words_idx" ON "custom_field_value"
  USING gin ("owner_type", "field_uuid", folded_text("text_value") gin_trgm_ops)
  WHERE "text_value" <> '';
