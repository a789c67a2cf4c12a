-- So that an index of many fields' values is asked for those of one.
CREATE EXTENSION IF NOT EXISTS btree_gin;

CREATE INDEX "custom_field_value_option_idx" ON "custom_field_value" USING gin ("field_uuid", "option_ids")
  WHERE "option_ids" <> '{}';
DROP INDEX "custom_field_value_options_idx";

CREATE INDEX "custom_field_value_words_idx" ON "custom_field_value"
  USING gin ("field_uuid", fold_for_search(left("text_value", 25600)) gin_trgm_ops) WHERE "text_value" <> '';
DROP INDEX "custom_field_value_search_idx";
