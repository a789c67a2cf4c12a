import { requireUser } from '@/lib/auth/current-user'
import { db, Prisma } from '@/lib/db'
import type { Filter } from '@/lib/list-view/list-view'
import type { CustomField } from './find-custom-field'
import { dateEdges, numberEdges } from './histogram-edges'
import type { FieldOwner } from './list-field-values'
import type { RecordKey } from './record-key'

const LOOKED_AT = 100_000
const SHOWN_BARS = 20
// As long as a list shows a text; one that goes on can't be asked for.
const MAX_TEXT = 200
// Beyond so many times the middle, the far ends get a bin of their own each.
const STRETCH = 3

/**
 * A value, or a range of them, and how many owners have it. `filter` is what finds them in the list; null
 * where nobody is behind it. A bound of a range that is null is open, and `below` is not part of it.
 */
export type DistributionBar = {
  count: number
  filter: Omit<Filter, 'column'> | null
} & (
  | { text: string }
  | { boolean: boolean }
  | { option: string; label: string | null }
  | { from: number | null; below: number | null; whole: boolean }
  | { fromDay: Date | null; belowDay: Date | null }
)

/**
 * How the values of a field are spread. `values` of its type were counted, at most 100,000 (`exact` is false
 * when there are more); `others` have values that have no bar. A value of several options counts in each.
 */
export type Distribution = {
  kind: 'bars' | 'histogram'
  bars: DistributionBar[]
  values: number
  others: number
  exact: boolean
}

/**
 * The distribution of a field's values among partnerships or contacts; null for a type of which nothing is
 * known. It follows the field's type as it is now: values of an earlier type are not in it.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function fieldDistribution(
  field: CustomField,
  owner: FieldOwner,
): Promise<Distribution | null> {
  await requireUser()
  const read = Object.hasOwn(READERS, field.type) ? READERS[field.type] : undefined
  return read ? read(field, owner) : null
}

type Reader = (field: CustomField, owner: FieldOwner) => Promise<Distribution>

const READERS: Record<string, Reader> = {
  text: texts,
  textarea: texts,
  number: numbers,
  date: dates,
  boolean: booleans,
  select: options,
  multi_select: options,
}

// Every one of these conditions is that of an index that begins with the company and the field.
function valuesOf(field: CustomField, owner: FieldOwner, column: Prisma.Sql, is: Prisma.Sql) {
  return Prisma.sql`
    SELECT ${column} AS value FROM custom_field_value v
    WHERE ${ofField(field, owner)} AND ${is} LIMIT ${LOOKED_AT + 1}`
}

function ofField({ companyUuid, uuid }: RecordKey, owner: FieldOwner): Prisma.Sql {
  return Prisma.sql`v.company_uuid = ${companyUuid} AND v.field_uuid = ${uuid}
    AND v.owner_type = ${owner}::custom_field_owner`
}

// As the index on texts has it. Texts that begin alike, capital letters and accents aside, are one value: so the
// filter that finds them compares too.
const TEXT_KEY = Prisma.sql`lower(left(coalesce(nullif(v.text_value, ''), v.option_labels[1]), 200))`

type Counted<Value> = { value: Value; count: number; total: number }

async function texts(field: CustomField, owner: FieldOwner): Promise<Distribution> {
  const values = valuesOf(field, owner, TEXT_KEY, Prisma.sql`${TEXT_KEY} IS NOT NULL`)
  const found = await db().$queryRaw<(Counted<string> & { text: string })[]>`
    WITH top AS MATERIALIZED (
      SELECT min(value) AS value, sum(count)::int AS count, (sum(sum(count)) OVER ())::int AS total
      FROM (SELECT value, count(*) AS count FROM (${values}) v GROUP BY value) v
      GROUP BY fold_for_search(value) ORDER BY 2 DESC, 1 LIMIT ${SHOWN_BARS})
    SELECT top.*, spelled.text FROM top CROSS JOIN LATERAL (
      SELECT left(v.text_value, ${MAX_TEXT}) AS text FROM custom_field_value v
      WHERE ${ofField(field, owner)} AND ${TEXT_KEY} = top.value LIMIT 1) spelled
    ORDER BY top.count DESC, top.value`
  const bars = found.map(({ value, text, count }) => ({
    text: text ?? value,
    count,
    filter: value.trim() === '' || Array.from(value).length >= MAX_TEXT ? null : is(text ?? value),
  }))
  return distribution('bars', bars, found[0]?.total ?? 0)
}

async function booleans(field: CustomField, owner: FieldOwner): Promise<Distribution> {
  const column = Prisma.sql`v.boolean_value`
  const values = valuesOf(field, owner, column, Prisma.sql`v.boolean_value IS NOT NULL`)
  const found = await db().$queryRaw<Counted<boolean>[]>`
    SELECT value, count(*)::int AS count, 0 AS total FROM (${values}) v GROUP BY value`
  const bars = [true, false].map((boolean) => {
    const count = found.find(({ value }) => value === boolean)?.count ?? 0
    return { boolean, count, filter: count > 0 ? is(String(boolean)) : null }
  })
  return distribution('bars', bars, bars[0]!.count + bars[1]!.count)
}

async function options(field: CustomField, owner: FieldOwner): Promise<Distribution> {
  const column = Prisma.sql`v.option_ids`
  const values = valuesOf(field, owner, column, Prisma.sql`v.option_ids <> '{}'`)
  const found = await db().$queryRaw<Counted<string>[]>`
    WITH v AS MATERIALIZED (
      SELECT value, count(*) AS count FROM (${values}) v GROUP BY value)
    SELECT chosen.id AS value, sum(v.count)::int AS count, (SELECT sum(v.count)::int FROM v) AS total
    FROM v CROSS JOIN LATERAL (SELECT DISTINCT unnest(v.value) AS id) chosen
    GROUP BY chosen.id ORDER BY count DESC, chosen.id LIMIT ${SHOWN_BARS * 10}`
  const labels = new Map(field.options.map(({ id, label }) => [id, label]))
  const chosen = new Set(found.map(({ value }) => value))
  const unused = field.options.filter(({ id }) => !chosen.has(id))
  const all = [
    ...found.map(({ value, count }) => ({ id: value, count })),
    ...unused.map(({ id }) => ({ id, count: 0 })),
  ]
  const bars = all.slice(0, SHOWN_BARS * 2).map(({ id, count }) => ({
    option: id,
    label: labels.get(id) ?? null,
    count,
    filter: count > 0 ? { operator: 'any' as const, values: [id] } : null,
  }))
  return { ...distribution('bars', bars, found[0]?.total ?? 0), others: 0 }
}

async function numbers(field: CustomField, owner: FieldOwner): Promise<Distribution> {
  const column = Prisma.sql`v.number_value`
  const values = valuesOf(field, owner, column, Prisma.sql`v.number_value IS NOT NULL`)
  const spread = await spreadOf<number>(values, Prisma.sql`bool_and(value = trunc(value))`)
  if (!spread) return distribution('histogram', [], 0)
  const edges = numberEdges(...middleOf(spread, Number), spread.whole)
  const found = await readBins<number>(values, Prisma.sql`${edges.map(String)}::float8[]`)
  const bars = toBins(edges, found).map(({ from, below, bin }) => ({
    from,
    below,
    whole: spread.whole,
    count: bin?.count ?? 0,
    // The bounds of what is there, not of the bin: both ends of "between" are part of it.
    filter: bin && between(String(bin.least), String(bin.most)),
  }))
  return distribution('histogram', bars, sum(bars))
}

async function dates(field: CustomField, owner: FieldOwner): Promise<Distribution> {
  const column = Prisma.sql`v.date_value`
  const values = valuesOf(field, owner, column, Prisma.sql`v.date_value IS NOT NULL`)
  const spread = await spreadOf<Date>(values, Prisma.sql`TRUE`)
  if (!spread) return distribution('histogram', [], 0)
  const [low, high] = middleOf(spread, (date) => date.getTime())
  const edges = dateEdges(new Date(low), new Date(high))
  const times = edges.map((edge) => edge.toISOString())
  const found = await readBins<Date>(values, Prisma.sql`${times}::timestamptz[]`)
  const bars = toBins(edges, found).map(({ from, below, bin }) => ({
    fromDay: from,
    belowDay: below,
    count: bin?.count ?? 0,
    filter: bin && between(dayOf(bin.least), dayOf(bin.most)),
  }))
  return distribution('histogram', bars, sum(bars))
}

type Spread<Value> = { low: Value; high: Value; least: Value; most: Value; whole: boolean }

async function spreadOf<Value>(
  values: Prisma.Sql,
  whole: Prisma.Sql,
): Promise<Spread<Value> | null> {
  const [found] = await db().$queryRaw<Spread<Value | null>[]>`
    SELECT min(value) AS least, max(value) AS most, ${whole} AS whole,
      percentile_disc(0.02) WITHIN GROUP (ORDER BY value) AS low,
      percentile_disc(0.98) WITHIN GROUP (ORDER BY value) AS high
    FROM (${values}) v`
  return found && found.least !== null ? (found as Spread<Value>) : null
}

// One value that is far off must not press all the others into one bin.
function middleOf<Value>(
  { low, high, least, most }: Spread<Value>,
  toNumber: (value: Value) => number,
): [number, number] {
  const [all, middle] = [
    [toNumber(least), toNumber(most)] as [number, number],
    [toNumber(low), toNumber(high)] as [number, number],
  ]
  const width = middle[1] - middle[0]
  return width > 0 && all[1] - all[0] > STRETCH * width ? middle : all
}

type Bin<Value> = { place: number; count: number; least: Value; most: Value }

// Compared with the edges only: arithmetic on what somebody sent would overflow.
function readBins<Value>(values: Prisma.Sql, edges: Prisma.Sql): Promise<Bin<Value>[]> {
  return db().$queryRaw<Bin<Value>[]>`
    SELECT width_bucket(value, ${edges}) AS place, count(*)::int AS count,
      min(value) AS least, max(value) AS most FROM (${values}) v GROUP BY place`
}

// Place n lies between the edges n - 1 and n. Those beyond the edges are left out where nothing is in them.
function toBins<Value>(edges: Value[], found: Bin<Value>[]) {
  const byPlace = new Map(found.map((bin) => [bin.place, bin]))
  return Array.from({ length: edges.length + 1 }, (_, place) => ({
    from: edges[place - 1] ?? null,
    below: edges[place] ?? null,
    bin: byPlace.get(place) ?? null,
  })).filter(({ from, below, bin }) => bin !== null || (from !== null && below !== null))
}

function is(text: string): Omit<Filter, 'column'> {
  return { operator: 'is', values: [text] }
}

function between(from: string, to: string): Omit<Filter, 'column'> {
  return { operator: 'between', values: [from, to] }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function sum(bars: { count: number }[]): number {
  return bars.reduce((total, { count }) => total + count, 0)
}

function distribution(
  kind: Distribution['kind'],
  bars: DistributionBar[],
  counted: number,
): Distribution {
  const values = Math.min(counted, LOOKED_AT)
  return {
    kind,
    bars,
    values,
    others: Math.max(0, values - sum(bars)),
    exact: counted <= LOOKED_AT,
  }
}
