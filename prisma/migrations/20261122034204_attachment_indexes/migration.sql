-- DropIndex
DROP INDEX "attachment_created_at_company_uuid_message_uuid_uuid_idx";

-- CreateIndex
CREATE INDEX "attachment_created_at_company_uuid_message_uuid_uuid_idx" ON "attachment"("created_at", "company_uuid", "message_uuid", "uuid");

-- CreateIndex
CREATE INDEX "attachment_sort_key_company_uuid_message_uuid_uuid_idx" ON "attachment"("sort_key", "company_uuid", "message_uuid", "uuid");

-- CreateIndex
CREATE INDEX "attachment_file_size_company_uuid_message_uuid_uuid_idx" ON "attachment"("file_size", "company_uuid", "message_uuid", "uuid");

-- CreateIndex
CREATE INDEX "attachment_company_uuid_room_uuid_idx" ON "attachment"("company_uuid", "room_uuid");

-- By hand: what Prisma's schema language does not express.

-- lib/list-view/file-kind.ts, in SQL: by the media type, else by the extension of the file's name.
CREATE FUNCTION "file_kind"("mime_type" text, "file_name" text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE
    WHEN "mime_type" ~* '^\s*image/' THEN 'image'
    WHEN "mime_type" ~* '^\s*video/' THEN 'video'
    WHEN "mime_type" ~* '^\s*audio/' THEN 'audio'
    WHEN "mime_type" ~* 'spreadsheet|ms-excel|csv' THEN 'spreadsheet'
    WHEN "mime_type" ~* 'presentation|powerpoint' THEN 'presentation'
    WHEN "mime_type" ~* 'zip|x-tar|gzip|7z|rar' THEN 'archive'
    WHEN "mime_type" ~* 'json|xml\s*$|javascript|^\s*text/(html|css)' THEN 'code'
    WHEN "mime_type" ~* 'pdf|msword|wordprocessing|opendocument\.text|^\s*text/|rtf' THEN 'document'
    WHEN "file_name" ~* '\.(png|jpg|jpeg|gif|webp|svg|heic|avif|bmp|tif|tiff)\s*$' THEN 'image'
    WHEN "file_name" ~* '\.(mp4|mov|webm|avi|mkv)\s*$' THEN 'video'
    WHEN "file_name" ~* '\.(mp3|wav|m4a|ogg|flac)\s*$' THEN 'audio'
    WHEN "file_name" ~* '\.(pdf|doc|docx|odt|rtf|txt|md|pages)\s*$' THEN 'document'
    WHEN "file_name" ~* '\.(xls|xlsx|ods|csv|tsv|numbers)\s*$' THEN 'spreadsheet'
    WHEN "file_name" ~* '\.(ppt|pptx|odp|key)\s*$' THEN 'presentation'
    WHEN "file_name" ~* '\.(zip|gz|tgz|tar|7z|rar|bz2|xz)\s*$' THEN 'archive'
    WHEN "file_name" ~* '\.(json|xml|html|css|js|ts|yaml|yml|sql|sh|py)\s*$' THEN 'code'
    ELSE 'other'
  END;

CREATE INDEX "attachment_kind_idx" ON "attachment" (file_kind("mime_type", "file_name"), "company_uuid", "message_uuid", "uuid");
CREATE INDEX "attachment_mime_type_idx" ON "attachment" (lower(left(nullif("mime_type", ''), 200)), "company_uuid", "message_uuid", "uuid");

-- The messages whose files nobody shall find.
CREATE INDEX "message_deleted_idx" ON "message" ("company_uuid", "uuid") WHERE "deleted_at" IS NOT NULL;
