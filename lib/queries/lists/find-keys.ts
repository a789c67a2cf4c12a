import { Prisma, type Transaction } from '@/lib/db'
import type { PagePosition } from '@/lib/pagination'
import type { BoundedCount } from '../count-up-to'
import type { ValueSet } from './field-conditions'
import { conjunction, EVERY_ROW, matchOrder, turned } from './key-order'
import { decodeListCursor, type ListKey } from './list-cursor'
import type { ListTable } from './list-table'
import { findFew, findInSets, sortAll } from './sort-matches'
import type { SortSource } from './sort-source'
import { LEAST_WALKED, walk, walkNear } from './walk-keys'

/** Of many matches so many are counted. */
export const MATCH_LIMIT = 10_000
// Of fewer a walk of 2,000 rows of 100,000 meets no page.
const FEW_MATCHES = 2_500
// Where a walk finds nothing it was for nothing: at most half of what sorting all matches takes.
const MOST_WALKED = 20_000

/** A list as it is to be read. Conditions are SQL on its rows `r`; null for none. */
export type ListPlan = {
  table: ListTable
  source: SortSource
  descending: boolean
  /** All that is asked for. */
  condition: Prisma.Sql | null
  /** The same in two parts: what is asked of the rows themselves, and of their custom fields. */
  ofRows: Prisma.Sql | null
  sets: ValueSet[]
}

/** Where to read on: beyond a row, upwards or downwards in the order of the index. */
export type Place = { cursor: ListKey | null; down: boolean; backwards: boolean }

type Found = { keys: ListKey[]; matches: BoundedCount | null }

/**
 * The keys of one page, in list order, or backwards before a cursor, as `toPage` expects them.
 *
 * The planner takes matches to be spread evenly over the list's order and would walk all of it for a name
 * that stands at its end. So it is only asked how many there are. Of many, a walk along the order mostly meets
 * enough; it is the longer the more there would be to sort. Then up to 10,000 are counted. All others are
 * found through the filters' own indexes and sorted, which counts them too.
 *
 * @throws InvalidAddressError when the cursor is not one of this list.
 */
export async function findKeys(
  tx: Transaction,
  plan: ListPlan,
  position: PagePosition,
  limit: number,
): Promise<Found> {
  const place = placeOf(plan, position)
  if (!plan.condition) return { keys: await walk(tx, plan, place, limit), matches: null }
  if (plan.sets.some(({ has }) => has)) return findBySets(tx, plan, place, limit)
  const expected = await estimate(tx, plan)
  if (expected > FEW_MATCHES) {
    const rows = Math.min(MOST_WALKED, Math.max(LEAST_WALKED, Math.round(expected / 2)))
    const near = await walkNear(tx, plan, place, limit, rows)
    if (near) return { keys: near, matches: await countMatches(tx, plan) }
  }
  const { keys, matched } = await sortAll(tx, plan, place, limit)
  return { keys, matches: { count: matched, exact: true } }
}

/** How many rows the planner expects to fit. */
async function estimate(tx: Transaction, { table, condition }: ListPlan): Promise<number> {
  const [explained] = await tx.$queryRaw<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[]>`
    EXPLAIN (FORMAT JSON) SELECT 1 FROM ${table.table} r
    WHERE ${conjunction([EVERY_ROW, table.shown, condition])}`
  return explained?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

/** Values of custom fields lie apart from the rows: to walk and to look each up costs more than finding them. */
async function findBySets(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<Found> {
  const few = (await findFew(tx, plan, place, limit)) ?? (await findInSets(tx, plan, place, limit))
  const matches = bounded(few.matched)
  if (few.keys) return { keys: few.keys, matches }
  const near = await walkNear(tx, plan, place, limit)
  return { keys: near ?? (await sortAll(tx, plan, place, limit)).keys, matches }
}

async function countMatches(tx: Transaction, plan: ListPlan): Promise<BoundedCount> {
  const { table, condition } = plan
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM ${table.table} r
      WHERE ${conjunction([EVERY_ROW, table.shown, condition])} LIMIT ${MATCH_LIMIT + 1}) counted`
  return bounded(found?.count ?? 0)
}

function bounded(count: number): BoundedCount {
  return { count: Math.min(count, MATCH_LIMIT), exact: count <= MATCH_LIMIT }
}

function placeOf({ table, source, descending }: ListPlan, position: PagePosition): Place {
  const backwards = position.before !== undefined
  const text = position.before ?? position.after
  const cursor = text === undefined ? null : decodeListCursor(text, source.kind, table.ids.length)
  return { cursor, down: descending !== backwards, backwards }
}

/** The ORDER BY of all rows of a list, for reading them to the end. */
export function wholeOrder({ table, source, descending }: ListPlan): Prisma.Sql {
  return Prisma.sql`${source.key} IS NULL, ${source.key} ${turned(descending)},
    ${matchOrder(table, descending, 'r.', true)}`
}
