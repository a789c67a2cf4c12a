import { Prisma, type Transaction } from '@/lib/db'
import { MAX_VALUES, type CountedValue } from './facet'

/** A column of a list's own rows `r`: SQL for a text, of which what a list shows counts as the value. */
export type OwnFacet = {
  value: Prisma.Sql
  /** SQL for what a list shows of such a text, where that is more than its beginning: asked once of each text. */
  shown?: (text: Prisma.Sql) => Prisma.Sql
  chosen: readonly string[]
}

type Request = {
  /** FROM and WHERE of the rows `r`. */
  rows: Prisma.Sql
  /** At least one. */
  facets: OwnFacet[]
  /** So many rows are looked at. */
  limit: number
}

/**
 * Counts the values of several columns in one pass over the rows.
 *
 * @returns For each column its values, the most frequent first, and whether all rows were looked at.
 */
export async function countOwnValues(
  tx: Transaction,
  { rows, facets, limit }: Request,
): Promise<{ counted: CountedValue[][]; exact: boolean }> {
  const names = facets.map((_, index) => Prisma.raw(`f${index}`))
  const named = Prisma.join(names)
  const columns = Prisma.join(facets.map(({ value }, i) => Prisma.sql`${value} AS ${names[i]}`))
  const sets = Prisma.join(names.map((name) => Prisma.sql`(${name})`))
  const which = Prisma.join(
    names.map((name, index) => Prisma.sql`WHEN GROUPING(${name}) = 0 THEN ${index}::int`),
    ' ',
  )
  const derived = facets.flatMap(({ shown }, i) =>
    shown ? [Prisma.sql`WHEN which = ${i}::int THEN ${shown(Prisma.sql`value`)}`] : [],
  )
  const shown =
    derived.length > 0
      ? Prisma.sql`CASE ${Prisma.join(derived, ' ')} ELSE value END`
      : Prisma.sql`value`
  const chosen = Prisma.join(
    facets.map((facet, i) => Prisma.sql`which = ${i} AND value = ANY (${facet.chosen}::text[])`),
    ' OR ',
  )
  // Whole texts are grouped first: cutting the few that differ is cheaper than cutting that of every row.
  const found = await tx.$queryRaw<(CountedValue & { which: number; looked_at: number })[]>`
    WITH matches AS MATERIALIZED (SELECT ${columns} ${rows} LIMIT ${limit + 1}),
    whole AS (
      SELECT CASE ${which} END AS which, COALESCE(${named}) AS value, count(*) AS count
      FROM matches GROUP BY GROUPING SETS (${sets})
    ),
    counted AS (
      SELECT which, left(nullif(${shown}, ''), 200) AS value, sum(count)::int AS count
      FROM whole GROUP BY 1, 2
    ),
    ranked AS (
      SELECT *, row_number() OVER (PARTITION BY which, value IS NULL
        ORDER BY count DESC, value COLLATE "C")::int AS rank
      FROM counted
    )
    SELECT *, (SELECT count(*) FROM matches)::int AS looked_at FROM ranked
    WHERE rank <= ${MAX_VALUES + 1} OR ${chosen}
    ORDER BY which, rank`
  return {
    counted: facets.map((_, index) => found.filter((row) => row.which === index)),
    exact: (found[0]?.looked_at ?? 0) <= limit,
  }
}
