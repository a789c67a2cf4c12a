import { Prisma } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import { foldForSearch } from '@/lib/search-text'

const MAX_QUERY_LENGTH = 200

/** One wanted word: as LIKE patterns of which one must match. */
export type SearchTerm = readonly string[]

/**
 * Turns what somebody typed into LIKE patterns on a folded `search_text`: every word must occur, in any
 * order, anywhere in the text. A word of one or two Latin letters or digits has no trigram that an index
 * could look up, so it must begin a word instead.
 *
 * @returns No terms when there is nothing to look for.
 * @throws InvalidAddressError when the text is longer than anybody types.
 */
export function searchTerms(query: string | undefined): SearchTerm[] {
  if (query === undefined) return []
  if (query.length > MAX_QUERY_LENGTH) {
    throw new InvalidAddressError(`A search has at most ${MAX_QUERY_LENGTH} characters.`)
  }
  const words = foldForSearch(query).split(/\s+/).filter(Boolean)
  return [...new Set(words)].map((word) => {
    const literal = escapeLike(word)
    return /^[a-z0-9]{1,2}$/.test(word)
      ? ['', '% ', '%\n', '%@', '%.', '%-'].map((start) => `${start}${literal}%`)
      : [`%${literal}%`]
  })
}

/** The terms as SQL on the column `search_text`; true when there are none. */
export function searchCondition(terms: readonly SearchTerm[]): Prisma.Sql {
  if (terms.length === 0) return Prisma.sql`TRUE`
  const conditions = terms.map((patterns) => {
    const alternatives = patterns.map((pattern) => Prisma.sql`search_text LIKE ${pattern}`)
    return Prisma.sql`(${Prisma.join(alternatives, ' OR ')})`
  })
  return Prisma.join(conditions, ' AND ')
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}
