-- CreateIndex
CREATE INDEX "delivery_event_seq_run_seq_idx" ON "delivery"("event_seq", "run_seq");

-- What is dead is listed across runs, the newest run first, by destination. It is little of all deliveries, and Prisma
-- can't express an index of a part.
CREATE INDEX "delivery_dead_idx" ON "delivery"("destination_id", "run_seq", "event_seq") WHERE "state" = 'dead';
