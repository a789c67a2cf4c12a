import { Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { foldForSearch } from '@/lib/search-text'
import { folded } from './lists/own-conditions'

const MAX_QUERY_LENGTH = 200

/**
 * Turns what somebody typed into SQL on the column `search_text`: every word must occur, in any order,
 * anywhere in the text. A word of one or two Latin letters or digits has no trigram that an index could
 * look up, so it must begin a word instead.
 *
 * @returns Null when there is nothing to look for.
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export function searchCondition(query: string | undefined): Prisma.Sql | null {
  const words = searchWords(query)
  const condition = (word: string) => wordCondition(word, Prisma.sql`search_text`)
  return words.length > 0 ? Prisma.join(words.map(condition), ' AND ') : null
}

/**
 * SQL on the table `partnership`: every word must occur in its name. What it is found by in its own list holds
 * more, and serves as the index.
 *
 * @returns Null when there is nothing to look for.
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export function partnershipNameCondition(query: string | undefined): Prisma.Sql | null {
  const words = searchWords(query)
  const name = folded(Prisma.sql`company_name`)
  const conditions = words.map(
    (word) =>
      Prisma.sql`${wordCondition(word, Prisma.sql`search_text`)} AND ${wordCondition(word, name)}`,
  )
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : null
}

/**
 * The words that somebody typed, folded as `search_text` is.
 *
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export function searchWords(query: string | undefined): string[] {
  if (query === undefined) return []
  if (query.length > MAX_QUERY_LENGTH) {
    throw new InvalidAddressError(`A search has at most ${MAX_QUERY_LENGTH} characters.`)
  }
  return [...new Set(foldForSearch(query).split(/\s+/).filter(Boolean))]
}

/**
 * SQL for a folded text that has a word, or for one or two letters: has a word that begins with them.
 *
 * @param text SQL for the text.
 */
export function wordCondition(word: string, text: Prisma.Sql): Prisma.Sql {
  // The signs before a beginning are counted up because Postgres makes no trigrams of "any but these".
  return /^[a-z0-9]{1,2}$/.test(word)
    ? Prisma.sql`${text} ~ ${`(^|[ \n@._/(,+-])${word}`}`
    : Prisma.sql`${text} LIKE ${`%${likeLiteral(word)}%`}`
}

/** A text as LIKE takes it for itself. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
