import { foldForSearch } from '@/lib/search-text'

/** A LIKE pattern for "contains", folded as `search_text` columns are: lower case, without accents. */
export function likePattern(search: string): string {
  return `%${foldForSearch(search).replace(/[\\%_]/g, '\\$&')}%`
}
