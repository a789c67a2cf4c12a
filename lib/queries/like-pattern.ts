/** A LIKE pattern for "contains", in the lower case that `search_text` columns are kept in. */
export function likePattern(search: string): string {
  return `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
}
