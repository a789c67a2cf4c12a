import { db } from '@/lib/db'
import { rowsRead, scansOf, type WatchedQuery } from './watch-plans'

// So few rows are read faster than anything about them is decided.
const FEW_ROWS = 2_500
const WHOLE = 0.9

// The total of a list counts its rows, up to 100,000, and is kept (lib/queries/lists/count-total.ts).
const COUNTS_TOTAL =
  /SELECT 1 FROM \w+ r WHERE r\.company_uuid >= ''( AND NOT EXISTS \([^()]*\))?\s+LIMIT/

/**
 * The tables of which a query read nearly every row through an index, in one go or one by one. With
 * `enable_seqscan` off that is what reading a table from beginning to end turns into.
 */
export function indexesReadWhole(queries: WatchedQuery[], sizes: Map<string, number>): string[] {
  const scans = queries
    .filter(({ sql }) => !COUNTS_TOTAL.test(sql))
    .flatMap(({ plan }) => scansOf(plan))
    .filter((scan) => {
      const size = sizes.get(scan['Relation Name'] ?? '') ?? 0
      return rowsRead(scan) > Math.max(FEW_ROWS, WHOLE * size)
    })
  return [...new Set(scans.map((scan) => `${scan['Relation Name']} by an index`))]
}

/** How many rows each table had when it was last analyzed. */
export async function tableSizes(): Promise<Map<string, number>> {
  const tables = await db().$queryRaw<{ name: string; rows: number }[]>`
    SELECT relname AS name, reltuples::float8 AS rows FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`
  return new Map(tables.map(({ name, rows }) => [name, rows]))
}
