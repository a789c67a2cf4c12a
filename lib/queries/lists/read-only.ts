import { db, readingDb, type Transaction } from '@/lib/db'

/** Reads several things of one moment, without reading a table from its beginning to its end (`readingDb`). */
export function readOnly<Answer>(
  work: (tx: Transaction) => Promise<Answer>,
  timeoutMs: number = 60_000,
): Promise<Answer> {
  return readingDb().$transaction(work, { timeout: timeoutMs })
}

/**
 * Reads something beside what a `readOnly` reads meanwhile, of a moment of its own. On a connection of the pages: many
 * that hold one of a pool and wait for another of it would wait for each other.
 */
export function readBeside<Answer>(work: (tx: Transaction) => Promise<Answer>): Promise<Answer> {
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`
    return work(tx)
  })
}
