-- DropIndex
DROP INDEX "partnership_occurred_at_company_uuid_uuid_idx";

-- CreateIndex
CREATE INDEX "partnership_occurred_at_company_uuid_uuid_idx" ON "partnership"("occurred_at", "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "partnership_first_event_at_company_uuid_uuid_idx" ON "partnership"("first_event_at", "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "contact_occurred_at_company_uuid_uuid_idx" ON "contact"("occurred_at", "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "contact_first_event_at_company_uuid_uuid_idx" ON "contact"("first_event_at", "company_uuid", "uuid");

-- By hand: what Prisma's schema language does not express.

-- lib/search-text.ts, foldForSearch, for what is searched without a stored copy of its folded text. Not STRICT,
-- so that the planner can put its body in the place of a call.
CREATE FUNCTION "fold_for_search"("given" text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN octet_length("given") = length("given") THEN lower("given")
    ELSE normalize(regexp_replace(normalize(lower("given"), NFKD), '[\u0300-\u036f]', '', 'g'), NFC)
  END;

-- The orders of the list of partnerships. Labels and texts are cut, so that any fits into an index; what is
-- missing stands at the end, in the order of the ids.
CREATE INDEX "partnership_domain_idx" ON "partnership" (lower(left(nullif("company_domain", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_website_idx" ON "partnership" (lower(left(nullif("company_website", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_email_idx" ON "partnership" (lower(left(nullif("company_email", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_phone_idx" ON "partnership" (lower(left(nullif("company_phone_number", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_country_idx" ON "partnership" (lower(left(nullif("country_label", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_industry_idx" ON "partnership" (lower(left(nullif("industry_label", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_stage_idx" ON "partnership" (lower(left(nullif("stage_label", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_category_idx" ON "partnership" (lower(left(nullif("category_label", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "partnership_tier_idx" ON "partnership" (lower(left(nullif("tier_label", ''), 200)), "company_uuid", "uuid");

-- The orders of the list of contacts, and its tags.
CREATE INDEX "contact_email_idx" ON "contact" (lower(left(nullif("email", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "contact_position_idx" ON "contact" (lower(left(nullif("position", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "contact_phone_idx" ON "contact" (lower(left(nullif("phone_number", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "contact_company_idx" ON "contact" (lower(left(nullif("contact_company_name", ''), 200)), "company_uuid", "uuid");
CREATE INDEX "contact_tag_idx" ON "contact" (lower(left(nullif("tags" -> 0 ->> 'label', ''), 200)), "company_uuid", "uuid");
CREATE INDEX "contact_tags_idx" ON "contact" USING gin ("tags" jsonb_path_ops);

-- Custom fields: who has which value, by the column that the value's type fills. A value is in one or two of
-- these, an empty one in none.
CREATE INDEX "custom_field_value_text_idx" ON "custom_field_value"
  ("company_uuid", "field_uuid", "owner_type", lower(left(coalesce(nullif("text_value", ''), "option_labels"[1]), 200)), "owner_uuid")
  WHERE lower(left(coalesce(nullif("text_value", ''), "option_labels"[1]), 200)) IS NOT NULL;
CREATE INDEX "custom_field_value_number_idx" ON "custom_field_value"
  ("company_uuid", "field_uuid", "owner_type", "number_value", "owner_uuid") WHERE "number_value" IS NOT NULL;
CREATE INDEX "custom_field_value_date_idx" ON "custom_field_value"
  ("company_uuid", "field_uuid", "owner_type", "date_value", "owner_uuid") WHERE "date_value" IS NOT NULL;
CREATE INDEX "custom_field_value_boolean_idx" ON "custom_field_value"
  ("company_uuid", "field_uuid", "owner_type", "boolean_value", "owner_uuid") WHERE "boolean_value" IS NOT NULL;
CREATE INDEX "custom_field_value_options_idx" ON "custom_field_value" USING gin ("option_ids")
  WHERE "option_ids" <> '{}';
CREATE INDEX "custom_field_value_search_idx" ON "custom_field_value"
  USING gin (fold_for_search(left("text_value", 25600)) gin_trgm_ops) WHERE "text_value" <> '';
