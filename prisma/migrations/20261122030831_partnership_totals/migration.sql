-- DropIndex
DROP INDEX "room_company_uuid_partnership_uuid_idx";

-- CreateTable
CREATE TABLE "partnership_total" (
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "received" BOOLEAN NOT NULL DEFAULT false,
    "contact_count" INTEGER NOT NULL DEFAULT 0,
    "room_count" INTEGER NOT NULL DEFAULT 0,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3),
    "sort_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamptz,

    CONSTRAINT "partnership_total_pkey" PRIMARY KEY ("company_uuid","uuid")
);

-- CreateIndex
CREATE INDEX "room_company_uuid_partnership_uuid_last_message_at_idx" ON "room"("company_uuid", "partnership_uuid", "last_message_at");

-- By hand: what Prisma's schema language does not express.

-- The orders of the list of partnerships. One that has not been received is not listed.
CREATE INDEX "partnership_total_contact_count_idx" ON "partnership_total" ("contact_count", "company_uuid", "uuid")
  WHERE "received";
CREATE INDEX "partnership_total_room_count_idx" ON "partnership_total" ("room_count", "company_uuid", "uuid")
  WHERE "received";
CREATE INDEX "partnership_total_message_count_idx" ON "partnership_total" ("message_count", "company_uuid", "uuid")
  WHERE "received";
CREATE INDEX "partnership_total_sort_at_idx" ON "partnership_total" ("sort_at", "company_uuid", "uuid")
  WHERE "received";

-- From what is there already. Nobody may change it meanwhile: from here on the totals move by differences.
LOCK TABLE "partnership", "contact", "room" IN SHARE MODE;

INSERT INTO "partnership_total"
  ("company_uuid", "uuid", "received", "contact_count", "room_count", "message_count", "last_message_at", "sort_at")
SELECT "company_uuid", "uuid", bool_or("received"), sum("contacts"), sum("rooms"), sum("messages"),
  max("last_message_at"), coalesce(max("last_message_at"), '1970-01-01 00:00:00+00'::timestamptz)
FROM (
  SELECT "company_uuid", "uuid", true AS "received", 0 AS "contacts", 0 AS "rooms", 0 AS "messages",
    NULL::timestamptz AS "last_message_at"
  FROM "partnership"
  UNION ALL
  SELECT "company_uuid", "partnership_uuid", false, 1, 0, 0, NULL
  FROM "contact" WHERE "partnership_uuid" IS NOT NULL
  UNION ALL
  SELECT "company_uuid", "partnership_uuid", false, 0, 1, "message_count", "last_message_at"
  FROM "room" WHERE "partnership_uuid" IS NOT NULL
) "parts"
GROUP BY "company_uuid", "uuid";
