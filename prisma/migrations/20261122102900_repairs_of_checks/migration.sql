-- AlterTable
ALTER TABLE "replay_run" ADD COLUMN     "repair_of_id" UUID;

-- CreateTable
CREATE TABLE "parity_event" (
    "run_id" UUID NOT NULL,
    "event_seq" BIGINT NOT NULL,

    CONSTRAINT "parity_event_pkey" PRIMARY KEY ("run_id","event_seq")
);

-- By hand: earlier checks kept the ids of these events in their reports, for the first 500 rows that differed.
INSERT INTO "parity_event" ("run_id", "event_seq")
SELECT DISTINCT r."id", e."seq"
FROM "replay_run" r
CROSS JOIN LATERAL jsonb_array_elements_text(
  CASE WHEN jsonb_typeof(r."report" -> 'repairedBy') = 'array' THEN r."report" -> 'repairedBy' ELSE '[]' END) x(id)
JOIN "webhook_event" e ON e."id" = x.id::uuid
WHERE r."kind" = 'parity';

UPDATE "replay_run" r
SET "report" = (r."report" - 'repairedBy') || jsonb_build_object(
  'repairs', (SELECT count(*) FROM "parity_event" p WHERE p."run_id" = r."id"),
  'isCut', (r."report" -> 'differences')::int > 500)
WHERE r."kind" = 'parity' AND r."report" ? 'repairedBy';
