-- AlterTable
ALTER TABLE "room_visit" ADD COLUMN     "seen_seq" BIGINT;
