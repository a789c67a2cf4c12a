import { Prisma } from '@/lib/db'
import { searchWords, wordCondition } from '../search-condition'
import { conjunction } from './key-order'
import type { ListTable } from './list-table'

// Of the best match's likeness: what is much less alike than the best is not what was meant.
const CLOSE_TO_BEST = 0.8
const CANDIDATES = 2_000

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

/**
 * Rows that have something like every word that was typed: for when nothing has the words themselves. Only
 * those that are about as alike as the best one are taken.
 *
 * @returns Null when there is nothing to look for.
 */
export function similarRows(table: ListTable, query: string | undefined): Prisma.Sql | null {
  const words = searchWords(query)
  if (words.length === 0) return null
  const ids = (alias: string) => Prisma.raw(table.ids.map((name) => `${alias}.${name}`).join(', '))
  const likeness = words.map((word) => Prisma.sql`word_similarity(${word}, s.search_text)`)
  return Prisma.sql`(${ids('r')}) IN (
    WITH alike AS MATERIALIZED (
      SELECT ${ids('s')}, least(${Prisma.join(likeness)}) AS likeness FROM ${table.table} s
      WHERE ${conjunction(words.map((word) => Prisma.sql`s.search_text %> ${word}`))}
      LIMIT ${CANDIDATES})
    SELECT ${ids('alike')} FROM alike
    WHERE likeness >= ${CLOSE_TO_BEST}::float8 * (SELECT max(likeness) FROM alike))`
}
