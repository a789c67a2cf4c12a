import { Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { foldForSearch } from '@/lib/search-text'

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
  if (query === undefined) return null
  if (query.length > MAX_QUERY_LENGTH) {
    throw new InvalidAddressError(`A search has at most ${MAX_QUERY_LENGTH} characters.`)
  }
  const words = new Set(foldForSearch(query).split(/\s+/).filter(Boolean))
  return words.size > 0 ? Prisma.join([...words].map(wordCondition), ' AND ') : null
}

// The signs before a word's beginning are counted up because Postgres makes no trigrams of "any but these".
function wordCondition(word: string): Prisma.Sql {
  return /^[a-z0-9]{1,2}$/.test(word)
    ? Prisma.sql`search_text ~ ${`(^|[ \n@._/(,+-])${word}`}`
    : Prisma.sql`search_text LIKE ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`
}
