-- AlterTable
ALTER TABLE "redelivery_run" ADD COLUMN     "of_deleted" INTEGER NOT NULL DEFAULT 0;
