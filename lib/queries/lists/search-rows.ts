import { Prisma, type Transaction } from '@/lib/db'
import { searchWords, wordCondition } from '../search-condition'
import { MATCH_LIMIT } from './find-keys'
import { conjunction } from './key-order'
import type { ListTable } from './list-table'

// Of the best match's likeness: what is much less alike than the best is not what was meant.
const CLOSE_TO_BEST = 0.8
const CANDIDATES = 500
const ALIKE_COUNTED = 1_000
// pg_trgm's own threshold misses letters that are turned round or left out in short names.
const LEAST_LIKENESS = 0.35

/**
 * Rows that have every word that somebody typed somewhere in their `search_text`.
 *
 * @returns Null when there is nothing to look for.
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export function searchRows(query: string | undefined): Prisma.Sql | null {
  const words = searchWords(query)
  if (words.length === 0) return null
  return conjunction(words.map((word) => wordCondition(word, Prisma.sql`r.search_text`)))
}

/** Rows that are like what was typed: SQL for them, and how many of them are worth counting. */
export type AlikeRows = { condition: Prisma.Sql; countLimit: number }

/**
 * Finds rows that have something like every word that was typed: for when nothing has the words themselves.
 * Only those that are about as alike as the best one are taken. Where many are alike, the best one is the best
 * of the first 500, and only 1,000 are counted: to compare a row takes longer than to read it.
 *
 * From here on the transaction takes for alike what the condition asks for.
 */
export async function findAlike(
  tx: Transaction,
  { ids, table }: ListTable,
  query: string | undefined,
): Promise<AlikeRows> {
  const words = searchWords(query)
  const names = Prisma.raw(ids.join(', '))
  const likeness = words.map((word) => Prisma.sql`word_similarity(${word}, s.search_text)`)
  const alike = (text: Prisma.Sql) =>
    conjunction(words.map((word) => Prisma.sql`${text} %> ${word}`))
  await takeForAlike(tx, LEAST_LIKENESS)
  const found = await tx.$queryRaw<({ compared: number; best: number } & Record<string, string>)[]>`
    WITH alike AS MATERIALIZED (
      SELECT ${names}, least(${Prisma.join(likeness)})::float8 AS likeness FROM ${table} s
      WHERE ${alike(Prisma.sql`s.search_text`)} LIMIT ${CANDIDATES + 1}),
    known AS (SELECT count(*)::int AS compared, max(likeness) AS best FROM alike)
    SELECT ${names}, compared, best FROM alike, known WHERE likeness >= ${CLOSE_TO_BEST}::float8 * best`
  const [first] = found
  if (first && first.compared > CANDIDATES) {
    await takeForAlike(tx, Math.max(LEAST_LIKENESS, CLOSE_TO_BEST * first.best))
    return { condition: alike(Prisma.sql`r.search_text`), countLimit: ALIKE_COUNTED }
  }
  const columns = ids.map((id) => Prisma.sql`${found.map((row) => row[id] ?? '')}::text[]`)
  return {
    condition: Prisma.sql`(${Prisma.raw(ids.map((id) => `r.${id}`).join(', '))}) IN (
      SELECT * FROM unnest(${Prisma.join(columns)}))`,
    countLimit: MATCH_LIMIT,
  }
}

async function takeForAlike(tx: Transaction, likeness: number): Promise<void> {
  await tx.$executeRaw`SELECT set_config('pg_trgm.word_similarity_threshold', ${String(likeness)}, TRUE)`
}
