-- DropIndex
DROP INDEX "saved_view_list_name_idx";

-- DropIndex
DROP INDEX "saved_view_user_id_idx";

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_user_id_list_name_key" ON "saved_view"("user_id", "list", "name");

-- One view at most is the one that a user's list opens with.
CREATE UNIQUE INDEX "saved_view_default_key" ON "saved_view"("user_id", "list") WHERE "is_default";
