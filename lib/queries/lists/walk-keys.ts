import { Prisma, type Transaction } from '@/lib/db'
import { setConditionOfEach } from './field-conditions'
import type { ListPlan, Place } from './find-keys'
import { beyond, conjunction, idColumns, matchOrder, orderOf, toKey } from './key-order'
import { TRUE, turned, type FoundKey } from './key-order'
import type { ListKey } from './list-cursor'
import type { Run } from './sort-source'

const ROWS_WALKED = 2_000

/** The keys of one page of a list without conditions, along its order. */
export async function walk(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<ListKey[]> {
  const keys = await walkRuns(plan, place, limit, async (run, at, missing) => {
    const near = await nearKeys(tx, plan, run, at, missing)
    return near ?? (await checkedKeys(tx, plan, run, at, missing))
  })
  return keys ?? []
}

/**
 * The keys of one page of what fits the conditions, when they are met within 2,000 rows of the list's order;
 * null when it takes longer.
 */
export function walkNear(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<ListKey[] | null> {
  return walkRuns(plan, place, limit, (run, at, missing) => nearKeys(tx, plan, run, at, missing))
}

type ReadRun = (run: Run, place: Place, limit: number) => Promise<ListKey[] | null>

async function walkRuns(plan: ListPlan, place: Place, limit: number, read: ReadRun) {
  const { present, missing } = plan.source
  const forwards = missing ? [present, missing] : [present]
  const runs = place.backwards ? forwards.toReversed() : forwards
  const start = place.cursor?.sort === null ? missing : present
  let keys: ListKey[] = []
  const first = place.cursor && start ? runs.indexOf(start) : 0
  for (const run of runs.slice(first)) {
    const cursor = run === start ? place.cursor : null
    const found = await read(run, { ...place, cursor }, limit - keys.length)
    if (!found) return null
    keys = keys.concat(found)
    if (keys.length === limit) break
  }
  return keys
}

async function nearKeys(
  tx: Transaction,
  plan: ListPlan,
  run: Run,
  place: Place,
  limit: number,
): Promise<ListKey[] | null> {
  const { table, source, ofRows, sets } = plan
  const range = conjunction([run.where, beyond(run, source.kind, place)])
  const order = orderOf(run, place)
  const check = conjunction([table.shown, run.check?.each, ofRows, ...sets.map(setConditionOfEach)])
  const sort = run.key ?? Prisma.sql`NULL::text`
  if (check === TRUE) {
    return readKeys(
      tx,
      plan,
      Prisma.sql`
      SELECT ${idColumns(table)}, ${sort} AS sort FROM ${run.from}
      WHERE ${range} ORDER BY ${order} LIMIT ${limit}`,
    )
  }
  const sorted = Prisma.join([
    // Not where all lack it: Postgres would sort all that was walked by nothing.
    ...(run.key ? [Prisma.sql`sort ${turned(place.down)}`] : []),
    ...run.order.map(
      ({ id }) => Prisma.sql`r.${Prisma.raw(table.ids[id] ?? '')} ${turned(place.down)}`,
    ),
  ])
  const near = await readKeys(
    tx,
    plan,
    Prisma.sql`
    SELECT ${idColumns(table)}, sort FROM (
      SELECT r.*, ${sort} AS sort FROM ${run.from}
      WHERE ${range} ORDER BY ${order} LIMIT ${ROWS_WALKED}) r
    WHERE ${check} ORDER BY ${sorted} LIMIT ${limit}`,
  )
  return near.length === limit || (await endsSoon(tx, run, range, order)) ? near : null
}

async function endsSoon(tx: Transaction, run: Run, range: Prisma.Sql, order: Prisma.Sql) {
  const [found] = await tx.$queryRaw<{ walked: number }[]>`
    SELECT count(*)::int AS walked FROM (
      SELECT 1 FROM ${run.from} WHERE ${range} ORDER BY ${order} LIMIT ${ROWS_WALKED}) walked`
  return (found?.walked ?? 0) < ROWS_WALKED
}

/** The keys of a run of which few rows stand the check, found and sorted. */
async function checkedKeys(
  tx: Transaction,
  plan: ListPlan,
  run: Run,
  place: Place,
  limit: number,
): Promise<ListKey[]> {
  const { table, source } = plan
  const range = conjunction([run.where, beyond(run, source.kind, place)])
  return readKeys(
    tx,
    plan,
    Prisma.sql`
    WITH matches AS MATERIALIZED (
      SELECT ${idColumns(table)}, ${run.key ?? Prisma.sql`NULL::text`} AS sort FROM ${run.from}
      WHERE ${range} AND ${conjunction([table.shown, run.check?.all])})
    SELECT * FROM matches ORDER BY sort ${turned(place.down)}, ${matchOrder(table, place.down)}
    LIMIT ${limit}`,
  )
}

async function readKeys(tx: Transaction, { table }: ListPlan, sql: Prisma.Sql) {
  return (await tx.$queryRaw<FoundKey[]>(sql)).map((row) => toKey(row, table))
}
