-- CreateEnum
CREATE TYPE "destination_order" AS ENUM ('in_order', 'parallel');

-- CreateEnum
CREATE TYPE "redelivery_status" AS ENUM ('running', 'paused', 'cancelled', 'finished');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('waiting', 'sending', 'delivered', 'retrying', 'dead');

-- CreateTable
CREATE TABLE "destination" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "secret_box" BYTEA NOT NULL,
    "key_fingerprint" TEXT NOT NULL,
    "order" "destination_order" NOT NULL,
    "at_once" INTEGER NOT NULL,
    "rate_per_second" DOUBLE PRECISION,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "next_send_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "destination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redelivery_run" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "destination_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "upper_seq" BIGINT NOT NULL,
    "cursor_seq" BIGINT NOT NULL,
    "listed" BOOLEAN NOT NULL DEFAULT false,
    "status" "redelivery_status" NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL DEFAULT 0,
    "delivered" INTEGER NOT NULL DEFAULT 0,
    "dead" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "redelivery_run_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "delivery" (
    "run_seq" BIGINT NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "destination_id" UUID NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease" UUID,
    "http_status" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("run_seq","event_seq")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "run_seq" BIGINT NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "http_status" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,
    "response" TEXT,
    "response_cut" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("run_seq","event_seq","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "destination_name_key" ON "destination"("name");

-- CreateIndex
CREATE UNIQUE INDEX "redelivery_run_id_key" ON "redelivery_run"("id");

-- CreateIndex
CREATE INDEX "redelivery_run_destination_id_seq_idx" ON "redelivery_run"("destination_id", "seq");

-- CreateIndex
CREATE INDEX "delivery_run_seq_state_event_seq_idx" ON "delivery"("run_seq", "state", "event_seq");

-- AddForeignKey
ALTER TABLE "redelivery_run" ADD CONSTRAINT "redelivery_run_destination_id_fkey" FOREIGN KEY ("destination_id") REFERENCES "destination"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_run_seq_fkey" FOREIGN KEY ("run_seq") REFERENCES "redelivery_run"("seq") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the worker looks for, without walking over what is settled or has never been sent.
CREATE INDEX "redelivery_run_running" ON "redelivery_run" ("destination_id", "seq") WHERE "status" = 'running';
CREATE INDEX "delivery_due" ON "delivery" ("run_seq", "next_attempt_at") WHERE "state" IN ('sending', 'retrying');
CREATE INDEX "delivery_sending" ON "delivery" ("destination_id") WHERE "state" = 'sending';
