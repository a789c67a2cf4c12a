import { Prisma } from '@/lib/db'

// The beginning of an id that somebody would paste; shorter ones fit everything.
const MIN_LENGTH = 4
const MAX_LENGTH = 200

/**
 * SQL for the ids of a column that begin with a text, answered by an index with text_pattern_ops whatever
 * the database's locale. Null when the text is no id that somebody would look for.
 */
export function idRange(column: Prisma.Sql, q: string): Prisma.Sql | null {
  if (q.length < MIN_LENGTH || q.length > MAX_LENGTH || /\s/u.test(q)) return null
  return Prisma.sql`(${column} ~>=~ ${q} AND ${column} ~<~ ${`${q}\u{10ffff}`})`
}

/** The first and the last event id that begin with so many of a UUID's characters; null for other texts. */
export function eventIdRange(q: string): { first: string; last: string } | null {
  const digits = q.toLowerCase().replaceAll('-', '')
  if (digits.length < 6 || !/^[0-9a-f]{6,32}$/.test(digits)) return null
  if (!q.toLowerCase().startsWith(withDashes(digits).slice(0, q.length)) && q.includes('-'))
    return null
  return { first: withDashes(digits.padEnd(32, '0')), last: withDashes(digits.padEnd(32, 'f')) }
}

function withDashes(digits: string): string {
  const parts = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ]
  return parts.filter(Boolean).join('-')
}
