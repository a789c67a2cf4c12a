import { db, type Transaction } from '@/lib/db'

/**
 * Reads several things of one moment. The lists are too long to be read from beginning to end for a page,
 * which the planner would do where it takes a condition to fit most of the rows.
 */
export function readOnly<Answer>(
  work: (tx: Transaction) => Promise<Answer>,
  timeoutMs: number = 60_000,
): Promise<Answer> {
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`
      return work(tx)
    },
    { isolationLevel: 'RepeatableRead', timeout: timeoutMs },
  )
}
