-- CreateTable
CREATE TABLE "room_visit" (
    "user_id" UUID NOT NULL,
    "company_uuid" TEXT NOT NULL,
    "room_uuid" TEXT NOT NULL,
    "visited_at" TIMESTAMPTZ(3) NOT NULL,
    "message_at" TIMESTAMPTZ(3),
    "message_uuid" TEXT,

    CONSTRAINT "room_visit_pkey" PRIMARY KEY ("user_id","company_uuid","room_uuid")
);

-- CreateTable
CREATE TABLE "message_reveal" (
    "id" UUID NOT NULL,
    "company_uuid" TEXT NOT NULL,
    "message_uuid" TEXT NOT NULL,
    "room_uuid" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "user_email" TEXT NOT NULL,
    "revealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "message_reveal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "message_reveal_company_uuid_message_uuid_revealed_at_idx" ON "message_reveal"("company_uuid", "message_uuid", "revealed_at");

-- CreateIndex
CREATE INDEX "message_reveal_revealed_at_idx" ON "message_reveal"("revealed_at");

-- CreateIndex
CREATE INDEX "message_company_uuid_author_uuid_room_uuid_idx" ON "message"("company_uuid", "author_uuid", "room_uuid");

-- AddForeignKey
ALTER TABLE "room_visit" ADD CONSTRAINT "room_visit_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
