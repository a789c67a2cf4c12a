import { Prisma, type Transaction } from '@/lib/db'
import { searchWords, wordCondition } from '../search-condition'
import { conjunction } from './key-order'
import type { ListTable } from './list-table'

// Of the best match's likeness: what is much less alike than the best is not what was meant.
const CLOSE_TO_BEST = 0.8
const CANDIDATES = 500
// pg_trgm's own threshold misses letters that are turned round or left out in short names.
const LIKENESS = '0.35'

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

/** Rows that are like what was typed: SQL for them, and whether all of them were looked at. */
export type AlikeRows = { condition: Prisma.Sql; complete: boolean }

/**
 * Finds rows that have something like every word that was typed: for when nothing has the words themselves.
 * Only those that are about as alike as the best one are taken, and only so many are compared as take no
 * longer than a page may.
 */
export async function findAlike(
  tx: Transaction,
  { ids, table }: ListTable,
  query: string | undefined,
): Promise<AlikeRows> {
  const words = searchWords(query)
  const names = Prisma.raw(ids.join(', '))
  const likeness = words.map((word) => Prisma.sql`word_similarity(${word}, s.search_text)`)
  await tx.$executeRaw`SET LOCAL pg_trgm.word_similarity_threshold = ${Prisma.raw(LIKENESS)}`
  const found = await tx.$queryRaw<Record<string, string>[]>`
    WITH alike AS MATERIALIZED (
      SELECT ${names}, least(${Prisma.join(likeness)}) AS likeness FROM ${table} s
      WHERE ${conjunction(words.map((word) => Prisma.sql`s.search_text %> ${word}`))}
      LIMIT ${CANDIDATES})
    SELECT ${names}, (SELECT count(*) FROM alike)::text AS compared FROM alike
    WHERE likeness >= ${CLOSE_TO_BEST}::float8 * (SELECT max(likeness) FROM alike)`
  const columns = ids.map((id) => Prisma.sql`${found.map((row) => row[id] ?? '')}::text[]`)
  return {
    condition: Prisma.sql`(${Prisma.raw(ids.map((id) => `r.${id}`).join(', '))}) IN (
      SELECT * FROM unnest(${Prisma.join(columns)}))`,
    complete: Number(found[0]?.compared ?? 0) < CANDIDATES,
  }
}
