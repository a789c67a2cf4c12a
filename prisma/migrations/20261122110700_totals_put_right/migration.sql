-- AlterTable
ALTER TABLE "replay_run" ADD COLUMN     "righted" BIGINT NOT NULL DEFAULT 0;
