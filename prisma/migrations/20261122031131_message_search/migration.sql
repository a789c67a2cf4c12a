-- AlterTable
ALTER TABLE "message" ADD COLUMN "search_vector" tsvector;

-- AlterTable
ALTER TABLE "author" ADD COLUMN "search_text" TEXT NOT NULL DEFAULT '';

-- By hand: what Prisma's schema language does not express.

-- Messages and authors that were projected before. Waggle folds words in lib/message-words.ts; this comes
-- as near to it as SQL can, and a replay of their events makes it exact. The text is cut so that no vector
-- outgrows Postgres's limit of 1 MB.
UPDATE "message" m SET "search_vector" =
  to_tsvector('simple', regexp_replace(regexp_replace(
    lower(normalize(left(coalesce(m."content", ''), 25600), NFKD)),
    '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
  || setweight(to_tsvector('simple', coalesce(
    (SELECT regexp_replace(string_agg(a."search_text", ' '), '[^[:alnum:]]+', ' ', 'g')
     FROM "attachment" a WHERE a."company_uuid" = m."company_uuid" AND a."message_uuid" = m."uuid"),
    '')), 'A')
  || array_to_tsvector(array_remove(ARRAY[
    'author:' || m."author_uuid", 'room:' || m."room_uuid", 'partnership:' || m."partnership_uuid",
    CASE WHEN m."attachment_count" > 0 THEN 'has:file' END], NULL))
WHERE m."deleted_at" IS NULL;

UPDATE "author" SET "search_text" = lower(concat_ws(E'\n',
  nullif(concat_ws(' ', "first_name", "last_name"), ''), "email", "author_company_name"));

-- Full-text search over messages; what was deleted is not found. New entries wait unsorted in the index's
-- pending list (4 MB, Postgres's default), which every search reads whole, until they are sorted in together:
-- without it each message would cost twice as much.
CREATE INDEX "message_search_idx" ON "message" USING gin ("search_vector") WHERE "deleted_at" IS NULL;

-- The newest messages of all rooms: a search for a common word stops after a few of them.
CREATE INDEX "message_newest_idx" ON "message" ("created_at" DESC, "company_uuid", "uuid")
  WHERE "deleted_at" IS NULL;

-- Who wrote it, by a part of the name or the e-mail address.
CREATE INDEX "author_search_idx" ON "author" USING gin ("search_text" gin_trgm_ops);

-- Records by the beginning of their id, in any locale.
CREATE INDEX "author_uuid_prefix_idx" ON "author" ("uuid" text_pattern_ops);
CREATE INDEX "partnership_uuid_prefix_idx" ON "partnership" ("uuid" text_pattern_ops);
CREATE INDEX "contact_uuid_prefix_idx" ON "contact" ("uuid" text_pattern_ops);
CREATE INDEX "custom_field_uuid_prefix_idx" ON "custom_field" ("uuid" text_pattern_ops);
CREATE INDEX "room_uuid_prefix_idx" ON "room" ("uuid" text_pattern_ops);
CREATE INDEX "message_uuid_prefix_idx" ON "message" ("uuid" text_pattern_ops);
CREATE INDEX "attachment_uuid_prefix_idx" ON "attachment" ("uuid" text_pattern_ops);
