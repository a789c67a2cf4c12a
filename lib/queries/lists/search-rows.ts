import { Prisma, type Transaction } from '@/lib/db'
import { searchWords, wordCondition } from '../search-condition'
import { conjunction, disjunction } from './key-order'
import type { ListTable } from './list-table'

// pg_trgm's own threshold misses letters that are turned round or left out in short names.
const LEAST_LIKENESS = 0.35
// Of the best row's likeness: what is much less alike is not what was meant.
const CLOSE_TO_BEST = 0.8
// To compare a row takes longer than anything else that a search does.
const ROWS_COMPARED = 100
// What bounds the time that rows with long texts take: words of all rows, and words that were typed.
const WORDS_COMPARED = 20_000
const PARTS_COMPARED = 8
const SHORTEST_PART = 3
const READINGS = 20

/**
 * Rows that have every word that somebody typed somewhere in their `search_text`.
 *
 * @returns Null when there is nothing to look for.
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export function searchRows(query: string | undefined): Prisma.Sql | null {
  const words = searchWords(query)
  return words.length > 0 ? conjunction(words.map(inRow)) : null
}

/** What a search looks for in place of words that nothing has. */
export type Correction = {
  /** SQL on the rows `r`. */
  condition: Prisma.Sql
  /** For each word that was typed the one that is most like it; none when nothing is like them. */
  words: string[]
}

/**
 * Finds the words that somebody may have meant: for when nothing has the words that were typed. Of the first 100 rows
 * that have something like all of them (pg_trgm's word similarity), the most alike tells which words are about as
 * close; a row fits that has one of those, 20 at most, for each word that was typed.
 */
export async function correctSearch(
  tx: Transaction,
  { table }: ListTable,
  query: string | undefined,
): Promise<Correction> {
  const typed = searchWords(query)
  const alike = typed.map((word) => Prisma.sql`s.search_text %> ${word}`)
  await tx.$executeRaw`
    SELECT set_config('pg_trgm.word_similarity_threshold', ${String(LEAST_LIKENESS)}, TRUE)`
  const readings = await tx.$queryRaw<{ part: string; words: string[] }[]>`
    WITH candidate AS MATERIALIZED (
      SELECT row_number() OVER () AS n, s.search_text FROM (
        SELECT s.search_text FROM ${table} s WHERE ${conjunction(alike)} LIMIT ${ROWS_COMPARED}) s),
    told AS MATERIALIZED (
      SELECT candidate.n, left(word, 60) AS word
      FROM candidate, regexp_split_to_table(left(search_text, 25600), '[^[:alnum:]]+') word
      WHERE word <> '' LIMIT ${WORDS_COMPARED}),
    compared AS MATERIALIZED (
      SELECT word, part, word_similarity(part, word) AS likeness
      FROM (SELECT DISTINCT word FROM told) words, unnest(${partsOf(typed)}::text[]) part),
    of_row AS MATERIALIZED (
      SELECT told.n, part, max(likeness) AS likeness FROM told JOIN compared USING (word)
      GROUP BY told.n, part),
    best AS (
      SELECT part, likeness FROM of_row WHERE likeness > 0 AND n = (
        SELECT n FROM of_row GROUP BY n ORDER BY min(likeness) DESC, sum(likeness) DESC, n LIMIT 1))
    SELECT part, (array_agg(word ORDER BY compared.likeness DESC, word))[1:${READINGS}::int] AS words
    FROM compared JOIN best USING (part)
    WHERE compared.likeness >= ${CLOSE_TO_BEST}::float8 * best.likeness
    GROUP BY part`
  if (readings.length === 0) return { condition: Prisma.sql`FALSE`, words: [] }
  return {
    condition: conjunction(readings.map(({ words }) => disjunction(words.map(inRow)))),
    words: readings.flatMap(({ words }) => words.slice(0, 1)),
  }
}

/** The parts of what was typed that are words to pg_trgm, too; those of a letter or two only if there are no others. */
function partsOf(typed: string[]): string[] {
  const parts = [...new Set(typed.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)))].filter(Boolean)
  const long = parts.filter((part) => part.length >= SHORTEST_PART)
  return (long.length > 0 ? long : parts).slice(0, PARTS_COMPARED)
}

function inRow(word: string): Prisma.Sql {
  return wordCondition(word, Prisma.sql`r.search_text`)
}
