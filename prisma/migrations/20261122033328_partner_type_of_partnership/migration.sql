-- AlterTable
ALTER TABLE "partnership_total" ADD COLUMN     "partner_type" TEXT;

-- By hand: what Prisma's schema language does not express.

-- The rooms of a partnership that tell its type, the latest last.
CREATE INDEX "room_partner_type_idx" ON "room" ("company_uuid", "partnership_uuid", "occurred_at", "event_seq")
  WHERE "partner_type" IS NOT NULL;

LOCK TABLE "partnership", "room" IN SHARE MODE;

UPDATE "partnership_total" t SET "partner_type" = "told"."partner_type"
FROM (
  SELECT k."company_uuid", k."uuid", COALESCE(
    (SELECT p."partner_type" FROM "partnership" p
     WHERE p."company_uuid" = k."company_uuid" AND p."uuid" = k."uuid"),
    (SELECT r."partner_type" FROM "room" r
     WHERE r."company_uuid" = k."company_uuid" AND r."partnership_uuid" = k."uuid"
       AND r."partner_type" IS NOT NULL
     ORDER BY r."occurred_at" DESC, r."event_seq" DESC LIMIT 1)) AS "partner_type"
  FROM "partnership_total" k
) "told"
WHERE t."company_uuid" = "told"."company_uuid" AND t."uuid" = "told"."uuid" AND "told"."partner_type" IS NOT NULL;

-- An order of the list of partnerships, and its filter.
CREATE INDEX "partnership_total_partner_type_idx" ON "partnership_total"
  (lower(left(nullif("partner_type", ''), 200)), "company_uuid", "uuid") WHERE "received";
