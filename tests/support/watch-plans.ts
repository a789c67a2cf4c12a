import pg from 'pg'

/** A step of a plan, as EXPLAIN (FORMAT JSON) tells it. */
export type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: Plan[]
}

export type WatchedQuery = { sql: string; plan: Plan }

/**
 * Runs `work` and tells how Postgres ran every query that it made through the connection pool, each
 * explained on its own connection and in its own transaction just before it, settings included.
 */
export async function watchPlans(work: () => Promise<unknown>): Promise<WatchedQuery[]> {
  const watched: WatchedQuery[] = []
  const query = pg.Client.prototype.query
  const run = query as (this: pg.Client, ...given: unknown[]) => Promise<pg.QueryResult>
  const explainFirst = async function (this: pg.Client, ...given: unknown[]) {
    const { sql, values } = readArguments(given)
    if (/^\s*(\/\*.*?\*\/\s*)?(SELECT|WITH)\b/i.test(sql)) {
      const text = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`
      const { rows } = await run.call(this, { text, values })
      const [explained] = rows as { 'QUERY PLAN': [{ Plan: Plan }] }[]
      if (explained) watched.push({ sql, plan: explained['QUERY PLAN'][0].Plan })
    }
    return run.apply(this, given)
  }
  Object.assign(pg.Client.prototype, { query: explainFirst })
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return watched
}

/** The steps that read tables and indexes. */
export function scansOf(plan: Plan): Plan[] {
  const below = (plan.Plans ?? []).flatMap(scansOf)
  return 'Relation Name' in plan && plan['Node Type'].includes('Scan') ? [plan, ...below] : below
}

/** The tables that a query read from beginning to end, but for those of a page or two. */
export function tablesReadWhole(queries: WatchedQuery[]): string[] {
  const scans = queries
    .flatMap(({ plan }) => scansOf(plan))
    .filter((scan) => scan['Node Type'] === 'Seq Scan' && rowsRead(scan) > FEW_ROWS)
  return [...new Set(scans.map((scan) => scan['Relation Name'] ?? ''))]
}

const FEW_ROWS = 1_000

/** How many rows a scan looked at, of all its repetitions. */
export function rowsRead(scan: Plan): number {
  const rows = scan['Actual Rows'] + (scan['Rows Removed by Filter'] ?? 0)
  return rows * scan['Actual Loops']
}

function readArguments([first, values]: unknown[]): { sql: string; values: unknown[] } {
  if (typeof first === 'string') return { sql: first, values: Array.isArray(values) ? values : [] }
  const { text, values: bound } = first as { text?: string; values?: unknown[] }
  return { sql: text ?? '', values: Array.isArray(values) ? values : (bound ?? []) }
}
