-- What a row is found by now holds its phone number and its text custom fields (lib/search-text.ts).
UPDATE "partnership" p SET "search_text" = left("search_text" || "added"."text", 100000)
FROM (
  SELECT k."company_uuid", k."uuid", coalesce(E'\n' || fold_for_search(nullif(k."company_phone_number", '')), '')
    || coalesce((
      SELECT E'\n' || string_agg(fold_for_search(left(v."text_value", 500)), E'\n' ORDER BY v."position")
      FROM "custom_field_value" v
      WHERE v."company_uuid" = k."company_uuid" AND v."owner_type" = 'partnership'
        AND v."owner_uuid" = k."uuid" AND v."text_value" <> ''), '') AS "text"
  FROM "partnership" k
) "added"
WHERE p."company_uuid" = "added"."company_uuid" AND p."uuid" = "added"."uuid" AND "added"."text" <> '';

UPDATE "contact" c SET "search_text" = left("search_text" || "added"."text", 100000)
FROM (
  SELECT k."company_uuid", k."uuid", coalesce(E'\n' || fold_for_search(nullif(k."phone_number", '')), '')
    || coalesce((
      SELECT E'\n' || string_agg(fold_for_search(left(v."text_value", 500)), E'\n' ORDER BY v."position")
      FROM "custom_field_value" v
      WHERE v."company_uuid" = k."company_uuid" AND v."owner_type" = 'contact'
        AND v."owner_uuid" = k."uuid" AND v."text_value" <> ''), '') AS "text"
  FROM "contact" k
) "added"
WHERE c."company_uuid" = "added"."company_uuid" AND c."uuid" = "added"."uuid" AND "added"."text" <> '';

-- Who has something in a custom field: lib/queries/filled-value.ts, word for word.
CREATE INDEX "custom_field_value_filled_idx" ON "custom_field_value"
  ("company_uuid", "field_uuid", "owner_type", "owner_uuid")
  WHERE (
    "text_value" <> '' OR "number_value" IS NOT NULL OR "date_value" IS NOT NULL
    OR "boolean_value" IS NOT NULL OR cardinality("option_ids") > 0
    OR CASE jsonb_typeof("raw")
      WHEN 'object' THEN "raw" @? 'strict $.* ? (@.type() == "number" || @.type() == "boolean" || @.type() == "object" || (@.type() == "string" && @ != "") || (@.type() == "array" && @.size() > 0))'::jsonpath
      WHEN 'null' THEN FALSE
      ELSE "raw" <> '""'
    END
  ) IS TRUE;
