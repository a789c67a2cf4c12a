-- By hand: Prisma's schema language knows no generated columns.

-- What is left of a web or an e-mail address when nothing that people spell differently is in it: case, white
-- space, the scheme, "www." and what stands at the end. Only the first 300 characters tell addresses apart: any
-- then fits into an index.
CREATE FUNCTION "same_address_key"("given" text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN nullif(
    rtrim(regexp_replace(regexp_replace(lower(left("given", 300)), '\s', '', 'g'),
      '^([a-z][a-z0-9+.-]*://)?(www\.)?', ''), './'),
    '');

-- The addresses by which a customer may tell partners apart (the setting unique_field_partner). Of a domain what
-- follows the host is left out.
ALTER TABLE "partnership"
  ADD COLUMN "domain_key" TEXT GENERATED ALWAYS AS
    (nullif(rtrim(split_part(split_part(same_address_key("company_domain"), '/', 1), ':', 1), '.'), '')) STORED,
  ADD COLUMN "website_key" TEXT GENERATED ALWAYS AS (same_address_key("company_website")) STORED,
  ADD COLUMN "email_key" TEXT GENERATED ALWAYS AS (same_address_key("company_email")) STORED;

CREATE INDEX "partnership_domain_key_idx" ON "partnership" ("company_uuid", "domain_key", "uuid")
  WHERE "domain_key" IS NOT NULL;
CREATE INDEX "partnership_website_key_idx" ON "partnership" ("company_uuid", "website_key", "uuid")
  WHERE "website_key" IS NOT NULL;
CREATE INDEX "partnership_email_key_idx" ON "partnership" ("company_uuid", "email_key", "uuid")
  WHERE "email_key" IS NOT NULL;
