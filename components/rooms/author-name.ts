/** What events have told of an author; each part may be missing. */
export type AuthorNames = {
  firstName: string | null
  lastName: string | null
  email: string | null
}

/** "Ada Lovelace", else the e-mail address, else "Unknown author". */
export function authorName(author: AuthorNames | null): string {
  const name = [author?.firstName, author?.lastName]
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(' ')
  return name || author?.email?.trim() || 'Unknown author'
}
