-- By hand: what Prisma's schema language does not express.

-- Who sent which files: an order and a filter of the list of attachments. Messages without files, which most
-- are, cost nothing, and the authors' rows change in other columns only, which leaves their index alone.
CREATE INDEX "author_name_idx" ON "author"
  (lower(left(coalesce(
    nullif(btrim(coalesce("first_name", '') || ' ' || coalesce("last_name", '')), ''), nullif("email", '')), 200)),
   "company_uuid", "uuid");
CREATE INDEX "message_with_files_idx" ON "message" ("author_uuid", "company_uuid", "uuid") WHERE "attachment_count" > 0;
