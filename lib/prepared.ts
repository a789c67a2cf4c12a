import { createHash } from 'node:crypto'

/** What a statement begins with that a connection keeps once it is planned (`PREPARED` in lib/db.ts). */
export const PREPARED_MARK = '/* prepared */'

const names = new Map<string, string>()

/** The name under which Postgres keeps a statement that begins with the mark; none for all others. */
export function statementName({ sql }: { sql: string }): string {
  if (!sql.startsWith(PREPARED_MARK)) return ''
  const known = names.get(sql)
  if (known !== undefined) return known
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32)
  names.set(sql, name)
  return name
}
