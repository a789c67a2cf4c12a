-- CreateEnum
CREATE TYPE "replay_kind" AS ENUM ('replay', 'dry_run', 'rebuild', 'parity');

-- CreateEnum
CREATE TYPE "replay_status" AS ENUM ('queued', 'running', 'paused', 'cancelled', 'finished', 'failed');

-- CreateEnum
CREATE TYPE "replay_change_kind" AS ENUM ('added', 'changed', 'removed');

-- AlterTable
ALTER TABLE "event_attempt" ADD COLUMN     "run_id" UUID;

-- CreateTable
CREATE TABLE "replay_run" (
    "id" UUID NOT NULL,
    "kind" "replay_kind" NOT NULL,
    "status" "replay_status" NOT NULL DEFAULT 'queued',
    "actor" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "retry_of_id" UUID,
    "upper_seq" BIGINT NOT NULL,
    "total" BIGINT,
    "done" BIGINT NOT NULL DEFAULT 0,
    "changed" BIGINT NOT NULL DEFAULT 0,
    "unchanged" BIGINT NOT NULL DEFAULT 0,
    "failed" BIGINT NOT NULL DEFAULT 0,
    "cursor_seq" BIGINT NOT NULL DEFAULT 0,
    "active_ms" BIGINT NOT NULL DEFAULT 0,
    "report" JSONB,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "replay_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "replay_change" (
    "run_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "table_name" TEXT NOT NULL,
    "company_uuid" TEXT NOT NULL,
    "key" JSONB NOT NULL,
    "kind" "replay_change_kind" NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "replay_change_pkey" PRIMARY KEY ("run_id","number")
);

-- CreateIndex
CREATE INDEX "replay_run_created_at_id_idx" ON "replay_run"("created_at", "id");

-- By hand: Prisma's schema language knows no partial indexes. The attempts of a run, of most of which there
-- are none, and the runs that somebody has to work on.
CREATE INDEX "event_attempt_of_run_idx" ON "event_attempt"("run_id", "outcome", "event_seq")
  WHERE "run_id" IS NOT NULL;
CREATE INDEX "replay_run_open_idx" ON "replay_run"("kind", "created_at", "id")
  WHERE "status" IN ('queued', 'running');
