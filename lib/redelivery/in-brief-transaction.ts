import { db, type Transaction } from '@/lib/db'

/**
 * Runs `work` in a transaction that asks its questions one right after the other. Whoever says nothing for five seconds in
 * the middle of it has been suspended: Postgres ends its session, nothing of it has happened, and what it had locked is
 * free for other processes. It would be held until that process wakes or dies otherwise.
 *
 * @throws What `work` throws, and whatever keeps the database from answering.
 */
export function inBriefTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '5s'`
    return work(tx)
  })
}
