-- AlterTable
ALTER TABLE "custom_field" ADD COLUMN     "contact_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "partnership_count" INTEGER NOT NULL DEFAULT 0;

-- By hand: what Prisma's schema language does not express.

LOCK TABLE "custom_field", "custom_field_value" IN SHARE ROW EXCLUSIVE MODE;

-- lib/filled-value.ts, word for word: the index of that condition is counted.
UPDATE "custom_field" f SET "partnership_count" = "counted"."partnerships", "contact_count" = "counted"."contacts"
FROM (
  SELECT v."company_uuid", v."field_uuid",
    count(*) FILTER (WHERE v."owner_type" = 'partnership') AS "partnerships",
    count(*) FILTER (WHERE v."owner_type" = 'contact') AS "contacts"
  FROM "custom_field_value" v
  WHERE (
    "text_value" <> '' OR "number_value" IS NOT NULL OR "date_value" IS NOT NULL
    OR "boolean_value" IS NOT NULL OR cardinality("option_ids") > 0
    OR CASE jsonb_typeof("raw")
      WHEN 'object' THEN "raw" @? 'strict $.* ? (@.type() == "number" || @.type() == "boolean" || @.type() == "object" || (@.type() == "string" && @ != "") || (@.type() == "array" && @.size() > 0))'::jsonpath
      WHEN 'null' THEN FALSE
      ELSE "raw" <> '""'
    END
  ) IS TRUE
  GROUP BY v."company_uuid", v."field_uuid"
) "counted"
WHERE f."company_uuid" = "counted"."company_uuid" AND f."uuid" = "counted"."field_uuid";
