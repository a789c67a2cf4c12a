-- What an index answers that is there for something else: an id is found through the index of its beginnings
-- ("…_uuid_prefix_idx"), whose operator class knows "=" as well. Every change of a row enters all of its indexes.
DROP INDEX "partnership_uuid_idx";
DROP INDEX "contact_uuid_idx";
DROP INDEX "custom_field_uuid_idx";
DROP INDEX "room_uuid_idx";

-- By hand: what Prisma's schema language does not express.

-- The answers to a message. Most messages answer none.
CREATE INDEX "message_answers_idx" ON "message" ("company_uuid", "replied_to_message_uuid")
  WHERE "replied_to_message_uuid" IS NOT NULL;
DROP INDEX "message_company_uuid_replied_to_message_uuid_idx";
