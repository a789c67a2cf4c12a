import { InvalidAddressError } from './errors'

export const PAGE_SIZE = 50

/** The key values of a row, in the order of the list's ORDER BY; unique together and never null. */
export type Cursor = readonly (string | number)[]

/** A page of a keyset-paginated list. A cursor is null where there is nothing in that direction. */
export type Page<Row> = {
  rows: Row[]
  nextCursor: string | null
  previousCursor: string | null
}

/** Where a page starts: just after or just before a row; neither is the first page. */
export type PagePosition = { after?: string; before?: string }

/** A cursor as it stands in an address: base64url of its JSON. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/**
 * @param length How many key values the list has.
 * @throws InvalidAddressError when the text is not a cursor of such a list.
 */
export function decodeCursor(text: string, length: number): (string | number)[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const isKey = (item: unknown) => typeof item === 'string' || typeof item === 'number'
    if (Array.isArray(value) && value.length === length && value.every(isKey)) return value
  } catch {
    // Falls through to the one refusal.
  }
  throw new InvalidAddressError('The page in this address does not exist.')
}

/**
 * Makes a page of what a keyset query found. The query asks for PAGE_SIZE + 1 rows: after the cursor in
 * list order, or before it in reverse order.
 */
export function toPage<Row>(
  found: Row[],
  position: PagePosition,
  cursorOf: (row: Row) => Cursor,
  pageSize: number = PAGE_SIZE,
): Page<Row> {
  const hasMore = found.length > pageSize
  const rows = found.slice(0, pageSize)
  const backwards = position.before !== undefined
  if (backwards) rows.reverse()
  const first = rows[0]
  const last = rows[rows.length - 1]
  const hasNext = backwards || hasMore
  const hasPrevious = backwards ? hasMore : position.after !== undefined
  return {
    rows,
    nextCursor: last && hasNext ? encodeCursor(cursorOf(last)) : null,
    previousCursor: first && hasPrevious ? encodeCursor(cursorOf(first)) : null,
  }
}
