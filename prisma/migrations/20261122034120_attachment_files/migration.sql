-- CreateEnum
CREATE TYPE "attachment_file_state" AS ENUM ('waiting', 'archived', 'failed', 'skipped');

-- CreateTable
CREATE TABLE "attachment_file" (
    "company_uuid" TEXT NOT NULL,
    "message_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "url_hash" BYTEA NOT NULL,
    "state" "attachment_file_state" NOT NULL DEFAULT 'waiting',
    "sha256" BYTEA,
    "file_size" BIGINT,
    "media_type" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease" UUID,
    "received_bytes" BIGINT NOT NULL DEFAULT 0,
    "stated_bytes" BIGINT,
    "error_code" TEXT,
    "error_message" TEXT,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "attachment_file_pkey" PRIMARY KEY ("company_uuid","message_uuid","uuid","url_hash")
);

-- What somebody may try now, without walking over what is done.
CREATE INDEX "attachment_file_waiting" ON "attachment_file" ("next_try_at") WHERE "state" = 'waiting';

-- What was received before there was an archive.
INSERT INTO "attachment_file" ("company_uuid", "message_uuid", "uuid", "url_hash")
SELECT "company_uuid", "message_uuid", "uuid", sha256(convert_to("file_url", 'UTF8'))
FROM "attachment"
WHERE "file_url" ~ '\S';
