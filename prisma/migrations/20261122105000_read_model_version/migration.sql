-- CreateTable
CREATE TABLE "read_model_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "read_model_version_pkey" PRIMARY KEY ("id")
);

-- By hand: what the latest rebuild has written. Where there was none, rows may be of the first version.
INSERT INTO "read_model_version" ("projector_version")
SELECT ("report" ->> 'projectorVersion')::int
FROM "replay_run"
WHERE "kind" = 'rebuild' AND "status" = 'finished' AND "report" ->> 'projectorVersion' IS NOT NULL
ORDER BY "finished_at" DESC
LIMIT 1;
