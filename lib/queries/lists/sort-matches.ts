import { Prisma, type Transaction } from '@/lib/db'
import { setConditionOfEach, type ValueSet } from './field-conditions'
import { MATCH_LIMIT, type ListPlan, type Place } from './find-keys'
import { beyond, beyondMatch, conjunction, EVERY_ROW, idColumns, matchOrder } from './key-order'
import { orderOf, toKey, turned, type FoundKey } from './key-order'
import type { ListKey } from './list-cursor'

// So many values are worth finding alone, to ask their owners whatever else is asked.
const FEW = 3_000
// From so many on it is sooner met along the list's order which of them come first, if one index holds it whole …
const MET = 2_000
// … and up to so many they are looked up one by one for what they are sorted by, where it does not meet enough of them.
const SORTED = 6_000
const WALKED = 20_000

type Matched = { keys: ListKey[]; matched: number }

/** The keys of one page of all that fits, found through the indexes of the conditions and sorted. */
export async function sortAll(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<Matched> {
  const { table, source } = plan
  const rows = await tx.$queryRaw<(FoundKey & { matched: number })[]>`
    WITH matches AS MATERIALIZED (
      SELECT ${idColumns(table)}, ${source.key} AS sort FROM ${table.table} r ${source.join}
      WHERE ${conjunction([EVERY_ROW, table.shown, fits(plan)])})
    ${pageOf(plan, place, limit)}`
  return toMatched(plan, rows)
}

/**
 * The keys of one page of what fits, when there are few rows that one of the conditions soon finds: those are then
 * asked the others. Null when it is not so.
 */
export async function findFew(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<Matched | null> {
  const { table, source, ofRows, sets } = plan
  const arms = armsOf(sets)
  // A set alone has nothing to be asked; of two the texts are not compared but of a few rows.
  if (!ofRows && arms.length < 2) return null
  for (const { sql: arm } of ofRows ? arms : arms.filter(({ ordered }) => ordered)) {
    const rows = await tx.$queryRaw<(FoundKey & { matched: number; few: boolean })[]>`
      WITH few AS MATERIALIZED (${arm} LIMIT ${FEW + 1}),
      matches AS MATERIALIZED (
        SELECT ${idColumns(table)}, ${source.key} AS sort
        FROM few JOIN ${table.table} r ON r.company_uuid = few.company_uuid AND r.uuid = few.uuid
        ${source.join}
        WHERE (SELECT count(*) FROM few) <= ${FEW}
          AND ${conjunction([table.shown, ofRows, ...sets.map(setConditionOfEach)])})
      ${pageOf(plan, place, limit, Prisma.sql`, (SELECT count(*) FROM few) <= ${FEW} AS few`)}`
    if (rows[0]?.few) return toMatched(plan, rows)
  }
  return null
}

/**
 * How many rows fit, up to one more than 10,000, without looking at the rows where only custom fields are
 * asked for; and the keys of one page of them, when they are few or soon met along the list's order. Null in their place
 * when they are not.
 */
export async function findInSets(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<{ keys: ListKey[] | null; matched: number }> {
  const { table, source } = plan
  const rows = await tx.$queryRaw<(FoundKey & { matched: number })[]>`
    WITH found AS MATERIALIZED (${matchingIds(plan)} LIMIT ${MATCH_LIMIT + 1}),
    met AS MATERIALIZED (${metAlong(plan, place, limit)}),
    matches AS MATERIALIZED (
      SELECT * FROM met WHERE (SELECT count(*) FROM met) = ${limit}
      UNION ALL
      SELECT ${idColumns(table)}, ${source.key} AS sort
      FROM found JOIN ${table.table} r ON r.company_uuid = found.company_uuid AND r.uuid = found.uuid
      ${source.join}
      WHERE (SELECT count(*) FROM found) <= ${SORTED} AND (SELECT count(*) FROM met) < ${limit})
    ${pageOf(plan, place, limit, Prisma.empty, Prisma.sql`found`)}`
  const { keys, matched } = toMatched(plan, rows)
  return { keys: matched <= SORTED || keys.length === limit ? keys : null, matched }
}

/** SELECT of the first keys of `found` along the list's order; of none where it is not worth it, or no index has it. */
function metAlong({ table, source }: ListPlan, place: Place, limit: number): Prisma.Sql {
  const { present: run } = source
  const { cursor, down } = place
  if (!run.isWhole || cursor?.sort === null) {
    return Prisma.sql`SELECT ${idColumns(table)}, ${source.key} AS sort
      FROM ${table.table} r ${source.join} WHERE FALSE`
  }
  const range = conjunction([run.where, beyond(run, source.kind, place)])
  return Prisma.sql`
    SELECT ${idColumns(table)}, r.sort FROM (
      SELECT r.*, ${source.key} AS sort FROM ${run.from} WHERE ${range} ORDER BY ${orderOf(run, place)}
      LIMIT (SELECT CASE WHEN count(*) BETWEEN ${MET} AND ${MATCH_LIMIT} THEN ${WALKED}::int ELSE 0 END
        FROM found)) r
    WHERE (r.company_uuid, r.uuid) IN (SELECT found.company_uuid, found.uuid FROM found)
    ORDER BY r.sort ${turned(down)}, ${matchOrder(table, down)} LIMIT ${limit}`
}

/** SQL on the rows `r` for what fits, found through the sets of custom fields where there are any; null for all. */
export function fits(plan: ListPlan): Prisma.Sql | null {
  const ids = matchingIds(plan)
  return ids ? Prisma.sql`(r.company_uuid, r.uuid) IN (${ids})` : plan.condition
}

/** SELECT of the ids of all rows that fit, set by set; null when no condition on a custom field finds any. */
function matchingIds({ table, ofRows, sets }: ListPlan): Prisma.Sql | null {
  const arms = armsOf(sets).map(({ sql }) => sql)
  if (arms.length === 0) return null
  if (ofRows) {
    arms.push(Prisma.sql`SELECT r.company_uuid, r.uuid FROM ${table.table} r
      WHERE ${conjunction([EVERY_ROW, table.shown, ofRows])}`)
  }
  const alone = loneNegatives(sets)
  if (arms.length === 1 && alone.length === 0) return arms[0] ?? null
  return Prisma.sql`SELECT r.company_uuid, r.uuid FROM (${Prisma.join(arms, ' INTERSECT ')}) r
    WHERE ${conjunction(alone.map(setConditionOfEach))}`
}

/** SELECT of ids; `ordered` when an index that is ordered by what is asked leads to them. */
type Arm = { sql: Prisma.Sql; ordered: boolean }

/** SELECT of the owners of the values that fit, one for each field that a condition asks to have something. */
function armsOf(sets: ValueSet[]): Arm[] {
  const asked = sets.filter(({ has }) => has)
  const fields = asked.filter(
    (set, at) => asked.findIndex((other) => isSameField(set, other)) === at,
  )
  return fields.map((first) => {
    // A row has one value in a field: all that is asked of it is asked at once.
    const same = sets.filter((set) => isSameField(set, first))
    const values = same.map(({ has, value }) => (has ? value : Prisma.sql`(${value}) IS NOT TRUE`))
    const sql = Prisma.sql`SELECT v.company_uuid, v.owner_uuid AS uuid FROM custom_field_value v
      WHERE ${first.field} AND ${conjunction(values)}`
    return { sql, ordered: same.some(({ ordered }) => ordered) }
  })
}

/** Negative conditions on fields of which nothing else is asked. */
function loneNegatives(sets: ValueSet[]): ValueSet[] {
  return sets.filter((set) => !sets.some((other) => other.has && isSameField(set, other)))
}

function isSameField(one: ValueSet, other: ValueSet): boolean {
  return JSON.stringify(one.field.values) === JSON.stringify(other.field.values)
}

/** The page of `matches`, each row with the number of all. */
function pageOf(
  { table, source }: ListPlan,
  place: Place,
  limit: number,
  more = Prisma.empty,
  counted = Prisma.sql`matches`,
): Prisma.Sql {
  const { down, backwards } = place
  return Prisma.sql`
    SELECT counted.matched, page.* ${more} FROM
      (SELECT count(*)::int AS matched FROM ${counted}) counted
      LEFT JOIN (SELECT * FROM matches WHERE ${beyondMatch(table, source, place)}
        ORDER BY sort IS NULL ${turned(backwards)}, sort ${turned(down)},
          ${matchOrder(table, down)} LIMIT ${limit}) page ON TRUE
    ORDER BY page.sort IS NULL ${turned(backwards)}, page.sort ${turned(down)},
      ${matchOrder(table, down, 'page.')}`
}

function toMatched({ table }: ListPlan, rows: (FoundKey & { matched: number })[]): Matched {
  return {
    keys: rows.filter((row) => row.id0 !== null).map((row) => toKey(row, table)),
    matched: rows[0]?.matched ?? 0,
  }
}
