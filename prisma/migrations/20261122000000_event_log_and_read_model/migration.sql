-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "event_status" AS ENUM ('pending', 'applied', 'failed', 'unsupported', 'invalid', 'duplicate');

-- CreateEnum
CREATE TYPE "attempt_trigger" AS ENUM ('arrival', 'retry', 'replay', 'rebuild');

-- CreateEnum
CREATE TYPE "attempt_outcome" AS ENUM ('applied', 'failed', 'unsupported', 'invalid');

-- CreateEnum
CREATE TYPE "custom_field_owner" AS ENUM ('partnership', 'contact');

-- CreateTable
CREATE TABLE "webhook_event" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "company_uuid" TEXT NOT NULL,
    "user_uuid" TEXT NOT NULL,
    "partnership_uuid" TEXT,
    "contact_uuid" TEXT,
    "message_uuid" TEXT,
    "room_uuid" TEXT,
    "body" TEXT NOT NULL,
    "claims" JSONB NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "dedup_key" BYTEA,
    "token_iat" TIMESTAMPTZ(3),
    "secret_fingerprint" TEXT NOT NULL,
    "body_size" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "event_status" NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "projector_version" INTEGER,
    "processed_at" TIMESTAMPTZ(3),
    "duplicate_of_id" UUID,

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "event_attempt" (
    "id" BIGSERIAL NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "trigger" "attempt_trigger" NOT NULL,
    "outcome" "attempt_outcome" NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "actor" TEXT,
    "projector_version" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_tally" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "event_type" TEXT NOT NULL,
    "status" "event_status" NOT NULL,
    "writer" SMALLINT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "event_tally_pkey" PRIMARY KEY ("hour","event_type","status","writer")
);

-- CreateTable
CREATE TABLE "rejection" (
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "rejection_pkey" PRIMARY KEY ("minute","reason")
);

-- CreateTable
CREATE TABLE "partnership" (
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "company_name" TEXT,
    "company_domain" TEXT,
    "company_website" TEXT,
    "company_description" TEXT,
    "company_email" TEXT,
    "company_phone_number" TEXT,
    "country_uuid" TEXT,
    "country_label" TEXT,
    "industry_uuid" TEXT,
    "industry_label" TEXT,
    "stage_uuid" TEXT,
    "stage_label" TEXT,
    "category_uuid" TEXT,
    "category_label" TEXT,
    "tier_uuid" TEXT,
    "tier_label" TEXT,
    "partner_type" TEXT,
    "sort_key" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "first_event_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "partnership_pkey" PRIMARY KEY ("company_uuid","uuid")
);

-- CreateTable
CREATE TABLE "custom_field" (
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "label" TEXT,
    "type" TEXT NOT NULL,
    "options" JSONB,
    "sort_key" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "first_event_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "custom_field_pkey" PRIMARY KEY ("company_uuid","uuid")
);

-- CreateTable
CREATE TABLE "custom_field_value" (
    "company_uuid" TEXT NOT NULL,
    "owner_type" "custom_field_owner" NOT NULL,
    "owner_uuid" TEXT NOT NULL,
    "field_uuid" TEXT NOT NULL,
    "value_uuid" TEXT,
    "position" INTEGER NOT NULL,
    "label" TEXT,
    "type" TEXT NOT NULL,
    "text_value" TEXT,
    "number_value" DOUBLE PRECISION,
    "date_value" TIMESTAMPTZ(3),
    "boolean_value" BOOLEAN,
    "option_ids" TEXT[],
    "option_labels" TEXT[],
    "raw" JSONB,

    CONSTRAINT "custom_field_value_pkey" PRIMARY KEY ("company_uuid","owner_type","owner_uuid","field_uuid")
);

-- CreateTable
CREATE TABLE "contact" (
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "external_id" TEXT,
    "partnership_uuid" TEXT,
    "email" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "position" TEXT,
    "phone_number" TEXT,
    "contact_company_name" TEXT,
    "tags" JSONB NOT NULL,
    "sort_key" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,
    "first_event_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("company_uuid","uuid")
);

-- CreateTable
CREATE TABLE "room" (
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "partnership_uuid" TEXT,
    "partner_type" TEXT,
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "attachment_count" INTEGER NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3),
    "last_message_uuid" TEXT,
    "sort_at" TIMESTAMPTZ(3) NOT NULL DEFAULT '1970-01-01 00:00:00+00'::timestamptz,
    "first_event_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "room_pkey" PRIMARY KEY ("company_uuid","uuid")
);

-- CreateTable
CREATE TABLE "message" (
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "room_uuid" TEXT,
    "partnership_uuid" TEXT,
    "author_uuid" TEXT,
    "content" TEXT,
    "replied_to_message_uuid" TEXT,
    "attachment_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "edited" BOOLEAN NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_event_seq" BIGINT,
    "first_event_at" TIMESTAMPTZ(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("company_uuid","uuid")
);

-- CreateTable
CREATE TABLE "attachment" (
    "company_uuid" TEXT NOT NULL,
    "message_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "room_uuid" TEXT,
    "file_name" TEXT,
    "file_size" BIGINT,
    "mime_type" TEXT,
    "file_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sort_key" TEXT NOT NULL,
    "search_text" TEXT NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("company_uuid","message_uuid","uuid")
);

-- CreateTable
CREATE TABLE "author" (
    "company_uuid" TEXT NOT NULL,
    "uuid" TEXT NOT NULL,
    "email" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "profile_image_url" TEXT,
    "author_company_uuid" TEXT,
    "author_company_name" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "author_pkey" PRIMARY KEY ("company_uuid","uuid")
);

-- CreateTable
CREATE TABLE "integration_setting" (
    "company_uuid" TEXT NOT NULL,
    "section_id" TEXT NOT NULL,
    "setting_id" TEXT NOT NULL,
    "value" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "event_seq" BIGINT NOT NULL,
    "projector_version" INTEGER NOT NULL,

    CONSTRAINT "integration_setting_pkey" PRIMARY KEY ("company_uuid","section_id","setting_id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "sign_in_throttle" (
    "key" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL,

    CONSTRAINT "sign_in_throttle_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_event_id_key" ON "webhook_event"("id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_event_dedup_key_key" ON "webhook_event"("dedup_key");

-- CreateIndex
CREATE INDEX "webhook_event_event_type_status_seq_idx" ON "webhook_event"("event_type", "status", "seq");

-- CreateIndex
CREATE INDEX "webhook_event_received_at_idx" ON "webhook_event"("received_at");

-- CreateIndex
CREATE INDEX "event_attempt_event_seq_idx" ON "event_attempt"("event_seq");

-- CreateIndex
CREATE INDEX "partnership_uuid_idx" ON "partnership"("uuid");

-- CreateIndex
CREATE INDEX "partnership_sort_key_company_uuid_uuid_idx" ON "partnership"("sort_key", "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "partnership_occurred_at_company_uuid_uuid_idx" ON "partnership"("occurred_at" DESC, "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "custom_field_uuid_idx" ON "custom_field"("uuid");

-- CreateIndex
CREATE INDEX "custom_field_sort_key_company_uuid_uuid_idx" ON "custom_field"("sort_key", "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "custom_field_value_company_uuid_field_uuid_owner_type_owner_idx" ON "custom_field_value"("company_uuid", "field_uuid", "owner_type", "owner_uuid");

-- CreateIndex
CREATE INDEX "contact_company_uuid_partnership_uuid_idx" ON "contact"("company_uuid", "partnership_uuid");

-- CreateIndex
CREATE INDEX "contact_uuid_idx" ON "contact"("uuid");

-- CreateIndex
CREATE INDEX "contact_sort_key_company_uuid_uuid_idx" ON "contact"("sort_key", "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "room_company_uuid_partnership_uuid_idx" ON "room"("company_uuid", "partnership_uuid");

-- CreateIndex
CREATE INDEX "room_uuid_idx" ON "room"("uuid");

-- CreateIndex
CREATE INDEX "room_sort_at_company_uuid_uuid_idx" ON "room"("sort_at" DESC, "company_uuid", "uuid");

-- CreateIndex
CREATE INDEX "message_company_uuid_room_uuid_created_at_uuid_idx" ON "message"("company_uuid", "room_uuid", "created_at", "uuid");

-- CreateIndex
CREATE INDEX "message_company_uuid_replied_to_message_uuid_idx" ON "message"("company_uuid", "replied_to_message_uuid");

-- CreateIndex
CREATE INDEX "attachment_created_at_company_uuid_message_uuid_uuid_idx" ON "attachment"("created_at" DESC, "company_uuid", "message_uuid", "uuid");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma's schema language does not express.

-- A trusted extension: the owner of the database may create it without being a superuser.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The projector's work list. Nearly empty whenever the projector keeps up.
CREATE INDEX "webhook_event_pending_idx" ON "webhook_event" ("seq") WHERE "status" = 'pending';

-- What needs a person's eye; the ordinary event never enters it.
CREATE INDEX "webhook_event_troubled_idx" ON "webhook_event" ("status", "seq" DESC)
  WHERE "status" IN ('failed', 'invalid', 'unsupported', 'duplicate');

-- The history of one subject.
CREATE INDEX "webhook_event_partnership_idx" ON "webhook_event" ("company_uuid", "partnership_uuid", "seq" DESC)
  WHERE "partnership_uuid" IS NOT NULL;
CREATE INDEX "webhook_event_contact_idx" ON "webhook_event" ("company_uuid", "contact_uuid", "seq" DESC)
  WHERE "contact_uuid" IS NOT NULL;
CREATE INDEX "webhook_event_message_idx" ON "webhook_event" ("company_uuid", "message_uuid", "seq" DESC)
  WHERE "message_uuid" IS NOT NULL;

-- Search by a part of a name.
CREATE INDEX "partnership_search_idx" ON "partnership" USING gin ("search_text" gin_trgm_ops);
CREATE INDEX "contact_search_idx" ON "contact" USING gin ("search_text" gin_trgm_ops);
CREATE INDEX "custom_field_search_idx" ON "custom_field" USING gin ("search_text" gin_trgm_ops);
CREATE INDEX "attachment_search_idx" ON "attachment" USING gin ("search_text" gin_trgm_ops);
