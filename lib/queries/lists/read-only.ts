import { db, readingDb, renewReadingDb, type Transaction } from '@/lib/db'
import { endStatementsAfter, isOutOfTime } from '@/lib/end-statements-after'
import { sqlStateOf } from '@/lib/sql-state'

// "cached plan must not change result type", and a kept statement that is not there (PostgreSQL, appendix A).
const KEPT_IN_VAIN = new Set(['0A000', '26000'])

/**
 * Reads several things of one moment, without reading a table from its beginning to its end (`readingDb`). `work` is
 * done once more when a migration has changed what a connection has kept a statement for (`PREPARED`).
 */
export async function readOnly<Answer>(
  work: (tx: Transaction) => Promise<Answer>,
  timeoutMs: number = 60_000,
): Promise<Answer> {
  const reading = readingDb()
  try {
    return await reading.$transaction(work, { timeout: timeoutMs })
  } catch (error) {
    if (!KEPT_IN_VAIN.has(sqlStateOf(error) ?? '')) throw error
    renewReadingDb(reading)
    return readingDb().$transaction(work, { timeout: timeoutMs })
  }
}

type Read<Answer> = (tx: Transaction) => Promise<Answer>

/**
 * Reads something that can be done without, for so long at most.
 *
 * @returns Null when it would take longer.
 */
export async function readWithin<Answer>(
  tx: Transaction,
  patienceMs: number,
  read: Read<Answer>,
): Promise<Answer | null> {
  await tx.$executeRaw`SAVEPOINT patience`
  try {
    await endStatementsAfter(tx, patienceMs)
    return await read(tx)
  } catch (error) {
    if (!isOutOfTime(error)) throw error
    return null
  } finally {
    // That the transaction can go on, with the patience it had.
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT patience`
  }
}

/**
 * The same beside what a `readOnly` reads meanwhile, of a moment of its own. On a connection of the pages: many that hold
 * one of a pool and wait for another of it would wait for each other.
 *
 * @returns Null when it would take longer, or no connection is free.
 */
export async function readBeside<Answer>(
  patienceMs: number,
  read: Read<Answer>,
): Promise<Answer | null> {
  try {
    return await db().$transaction(
      async (tx) => {
        await tx.$executeRaw`SET LOCAL enable_seqscan = off`
        await endStatementsAfter(tx, patienceMs)
        return read(tx)
      },
      { maxWait: patienceMs },
    )
  } catch (error) {
    if (!isOutOfTime(error)) throw error
    return null
  }
}
