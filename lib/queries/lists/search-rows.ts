import { Prisma } from '@/lib/db'
import { searchWords, wordCondition } from '../search-condition'
import { conjunction } from './key-order'

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

/** Rows that have a word in their `search_text`. */
export function inRow(word: string): Prisma.Sql {
  return wordCondition(word, Prisma.sql`r.search_text`)
}
