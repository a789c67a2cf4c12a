import { db, type Transaction } from '@/lib/db'
import { log } from '@/lib/log'
import { databaseErrorMessage } from '@/lib/projector/database-error'
import { inProjectionTransaction } from '@/lib/projector/in-projection-transaction'
import { REPLAY_BATCH } from './replay-batch'
import { countNextTotals } from './touched-totals'

/**
 * Counts the totals of what runs have named that were paused or cancelled, or failed, before they came to count them
 * themselves. What can't be counted is left for later.
 *
 * @throws Whatever keeps the database from answering.
 */
export async function countLeftTotals(signal: AbortSignal): Promise<void> {
  const runs = await db().$queryRaw<{ id: string }[]>`
    SELECT r.id::text FROM replay_run r
    WHERE r.kind = 'replay' AND r.status IN ('paused', 'cancelled', 'failed')
      AND (r.next_try_at IS NULL OR r.next_try_at <= clock_timestamp())
      AND EXISTS (SELECT FROM replay_touched t WHERE t.run_id = r.id)
    ORDER BY r.created_at, r.id
    LIMIT 20`
  for (const { id } of runs) {
    try {
      while (
        !signal.aborted &&
        (await inProjectionTransaction((tx) => countPart(tx, id), NOT_DURABLE))
      );
    } catch (error) {
      log.warn({ err: databaseErrorMessage(error), runId: id }, 'totals could not be counted')
      await db().$executeRaw`
        UPDATE replay_run SET next_try_at = clock_timestamp() + interval '1 minute'
        WHERE id = ${id}::uuid AND status IN ('paused', 'cancelled', 'failed')`
    }
  }
}

const NOT_DURABLE = { durable: false }

// Whoever resumes it meanwhile waits for this part, and counts the rest at the end.
async function countPart(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT FROM replay_run
    WHERE id = ${id}::uuid AND status IN ('paused', 'cancelled', 'failed')
    FOR UPDATE SKIP LOCKED`
  return rows.length === 1 && (await countNextTotals(tx, id, REPLAY_BATCH.events))
}
