import { Prisma, type Transaction } from '@/lib/db'
import { setConditionOfEach } from './field-conditions'
import type { ListPlan, Place } from './find-keys'
import { beyond, conjunction, idColumns, matchOrder, orderOf, toKey } from './key-order'
import { TRUE, turned, type FoundKey } from './key-order'
import type { ListKey } from './list-cursor'
import type { Run } from './sort-source'

/** The keys of one page of a list without conditions, along its order. */
export async function walk(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
): Promise<ListKey[]> {
  const keys = await walkRuns(plan, place, limit, async (run, at, missing) => {
    const near = await nearKeys(tx, plan, run, at, missing, LEAST_WALKED)
    return near ?? (await checkedKeys(tx, plan, run, at, missing))
  })
  return keys ?? []
}

/** The keys of one page of what fits the conditions, when they are met within so many rows of the list's order. */
export function walkNear(
  tx: Transaction,
  plan: ListPlan,
  place: Place,
  limit: number,
  rows: number = LEAST_WALKED,
): Promise<ListKey[] | null> {
  return walkRuns(plan, place, limit, (run, at, missing) =>
    nearKeys(tx, plan, run, at, missing, rows),
  )
}

/** So many rows of an order are read sooner than what fits is found and sorted. */
export const LEAST_WALKED = 2_000

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
  rows: number,
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
      WHERE ${range} ORDER BY ${order} LIMIT ${rows}) r
    WHERE ${check} ORDER BY ${sorted} LIMIT ${limit}`,
  )
  return near.length === limit || (await endsWithin(tx, run, range, order, rows)) ? near : null
}

async function endsWithin(
  tx: Transaction,
  run: Run,
  range: Prisma.Sql,
  order: Prisma.Sql,
  rows: number,
): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ walked: number }[]>`
    SELECT count(*)::int AS walked FROM (
      SELECT 1 FROM ${run.from} WHERE ${range} ORDER BY ${order} LIMIT ${rows}) walked`
  return (found?.walked ?? 0) < rows
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
