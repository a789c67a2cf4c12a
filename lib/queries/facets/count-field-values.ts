import { Prisma, type Transaction } from '@/lib/db'
import { MAX_VALUES, type CountedValue } from './facet'

/** A custom field of a list's rows whose values can be counted. */
export type FieldFacet = {
  owner: 'partnership' | 'contact'
  companyUuid: string
  fieldUuid: string
  type: 'select' | 'multi-select' | 'boolean'
  chosen: readonly string[]
}

/**
 * Counts the options of a custom field, or its true and false. A row counts once for each option that it has.
 *
 * @param rows FROM and WHERE of the list's rows `r`; null for all of them.
 * @param limit So many rows, or values where all rows count, are looked at.
 * @returns The values, the most frequent first; rows without one are not among them.
 */
export async function countFieldValues(
  tx: Transaction,
  field: FieldFacet,
  rows: Prisma.Sql | null,
  limit: number,
): Promise<{ counted: CountedValue[]; filled: number; lookedAt: number }> {
  const isBoolean = field.type === 'boolean'
  // Not option_ids <> '{}': the index of that condition holds the options of all fields.
  const isFilled = isBoolean
    ? Prisma.sql`v.boolean_value IS NOT NULL`
    : Prisma.sql`cardinality(v.option_ids) > 0`
  const value = isBoolean ? Prisma.sql`v.boolean_value` : Prisma.sql`v.option_ids`
  const ofField = Prisma.sql`v.company_uuid = ${field.companyUuid}
    AND v.owner_type = ${field.owner}::custom_field_owner AND v.field_uuid = ${field.fieldUuid}`
  const looked = rows
    ? Prisma.sql`
        matches AS MATERIALIZED (SELECT r.company_uuid, r.uuid ${rows} LIMIT ${limit + 1}),
        looked AS MATERIALIZED (
          SELECT ${value} AS given FROM matches m
          JOIN custom_field_value v ON v.company_uuid = m.company_uuid AND v.owner_uuid = m.uuid
          WHERE ${ofField} AND ${isFilled})`
    : Prisma.sql`
        looked AS MATERIALIZED (
          SELECT ${value} AS given FROM custom_field_value v WHERE ${ofField} AND ${isFilled}
          LIMIT ${limit + 1})`
  const counted = isBoolean
    ? Prisma.sql`SELECT given::text AS value, count(*)::int AS count FROM looked GROUP BY 1`
    : Prisma.sql`SELECT option AS value, count(*)::int AS count
        FROM looked, unnest(given) option GROUP BY 1`
  const found = await tx.$queryRaw<(CountedValue & { filled: number; looked_at: number })[]>`
    WITH ${looked},
    counted AS (${counted}),
    ranked AS (
      SELECT *, row_number() OVER (ORDER BY count DESC, value COLLATE "C")::int AS rank FROM counted
    ),
    sums AS (
      SELECT (SELECT count(*) FROM looked)::int AS filled,
        (SELECT count(*) FROM ${rows ? Prisma.sql`matches` : Prisma.sql`looked`})::int AS looked_at
    )
    SELECT value, count, rank, filled, looked_at FROM sums LEFT JOIN ranked
      ON rank <= ${MAX_VALUES + 1} OR value = ANY (${field.chosen}::text[])
    ORDER BY rank`
  return {
    counted: found.filter(({ value }) => value !== null),
    filled: found[0]?.filled ?? 0,
    lookedAt: found[0]?.looked_at ?? 0,
  }
}
