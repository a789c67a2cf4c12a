import { requireUser } from '@/lib/auth/current-user'
import { Prisma, type Transaction } from '@/lib/db'
import { readFieldColumn } from '@/lib/list-view/field-column'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ColumnKey, ListName, ListView } from '@/lib/list-view/list-view'
import { countFieldValues } from './facets/count-field-values'
import { countOwnValues } from './facets/count-own-values'
import { toFacet, type Facet } from './facets/facet'
import { keptAnswers } from './facets/kept-answers'
import { OWN_FACETS, type OwnColumn } from './facets/own-facets'
import { ATTACHMENT_LIST } from './lists/attachment-list'
import type { ListDefinition } from './lists/column-definition'
import { CONTACT_LIST } from './lists/contact-list'
import { CUSTOM_FIELD_LIST } from './lists/custom-field-list'
import { optionLabels } from './lists/field-columns'
import { conjunction } from './lists/key-order'
import type { ListTable } from './lists/list-table'
import { PARTNERSHIP_LIST } from './lists/partnership-list'
import { planList, type PlannedList } from './lists/plan-list'
import { correctionOf } from './lists/read-list'
import { readOnly } from './lists/read-only'
import { fits } from './lists/sort-matches'

// Of a list without filters so many rows are counted, as of its total; of one with filters as many as can be
// looked up within the time that a page may take.
const ROWS_COUNTED = 100_000
const MATCHES_COUNTED = 20_000
const FIELD_MATCHES_COUNTED = 10_000

const MAX_FIELDS = 10
const MAX_KEPT_MS = 10_000

const DEFINITIONS: Record<ListName, ListDefinition> = {
  partnerships: PARTNERSHIP_LIST,
  contacts: CONTACT_LIST,
  'custom-fields': CUSTOM_FIELD_LIST,
  attachments: ATTACHMENT_LIST,
}

export type { Facet }

/**
 * For columns of a list that have labels, options, or true and false: how many rows have each value under
 * all the *other* filters of the view, so that it can be seen what another choice would show.
 *
 * Up to 20,000 rows that fit the other filters (10,000 for a custom field; 100,000 where there are none) are counted
 * exactly; of more, the counts are "at least". Counts are up to ten seconds old.
 *
 * @param columns Which ones; unless said otherwise the built-in ones, and those custom fields that the view
 *   shows or filters by (ten of them). Those without such values are left out.
 * @throws UnauthenticatedError without a signed-in user.
 * @throws InvalidAddressError when the view can't be one of this list.
 */
export async function listFacets(
  list: ListName,
  view: ListView,
  columns?: ColumnKey[],
): Promise<Facet[]> {
  await requireUser()
  const definition = DEFINITIONS[list]
  const asked = columns ?? [
    ...OWN_FACETS[list].map(({ key }) => key),
    ...fieldsOf(view).slice(0, MAX_FIELDS),
  ]
  const filtered = new Set(view.filters.map(({ column }) => column))
  const groups = [asked.filter((key) => !filtered.has(key))]
  for (const key of asked) if (filtered.has(key)) groups.push([key])
  const facets: Facet[] = []
  // One after the other: a view with many filters must not take every connection there is.
  for (const group of groups) facets.push(...(await facetsOf(definition, view, group)))
  return asked.flatMap((key) => facets.filter(({ column }) => column === key))
}

const kept = keptAnswers<Facet[]>(MAX_KEPT_MS)

/** The facets of columns that have the same other filters. */
async function facetsOf(
  definition: ListDefinition,
  { q, filters }: ListView,
  keys: ColumnKey[],
): Promise<Facet[]> {
  if (keys.length === 0) return []
  // Of the columns' own filters only the values are of interest; there are any when it is one column.
  const others = filters.filter(({ column }) => !keys.includes(column))
  const chosen = filters.filter(({ column }) => keys.includes(column)).flatMap((f) => f.values)
  const view: ListView = { ...(q !== undefined && { q }), filters: others }
  return kept(JSON.stringify([definition.name, q, others, keys, chosen]), () =>
    readOnly(async (tx) => {
      const shown = keys.map((key) => ({ key }))
      const planned = await planList(tx, definition, { ...view, columns: shown })
      const condition = await conditionOf(tx, planned)
      const own = OWN_FACETS[definition.name].filter(({ key }) => keys.includes(key))
      const facets = await ownFacets(tx, definition.table, own, condition, chosen)
      for (const column of planned.columns) {
        if (!column.custom || !keys.includes(column.key)) continue
        const facet = await fieldFacet(tx, definition.table, column, condition, chosen)
        if (facet) facets.push(facet)
      }
      return facets
    }),
  )
}

/** SQL on the rows `r` that count; null when all do. */
async function conditionOf(tx: Transaction, planned: PlannedList): Promise<Prisma.Sql | null> {
  const correction = await correctionOf(tx, planned, null)
  const plan = correction ? planned.searchingFor(correction.condition) : planned.literal
  const condition = fits(plan)
  if (!condition) return null
  // What nobody may see is left out of a list's own answer; where all of it counts, it is not worth looking for.
  return conjunction([plan.table.shown, condition])
}

async function ownFacets(
  tx: Transaction,
  { table }: ListTable,
  columns: OwnColumn[],
  condition: Prisma.Sql | null,
  chosen: readonly string[],
): Promise<Facet[]> {
  const count = async (counted: OwnColumn[], rows: Prisma.Sql, limit: number) => {
    if (counted.length === 0) return []
    const facets = counted.map(({ value, shown }) => ({ value, shown, chosen }))
    const found = await countOwnValues(tx, { rows, facets, limit })
    return counted.map(({ key }, index) =>
      toFacet(key, found.counted[index] ?? [], found.exact, chosen, (value) => labelOf(key, value)),
    )
  }
  const several = columns.filter(({ each }) => each)
  const single = columns.filter(({ each }) => !each)
  const ofTotals = single.filter(({ of }) => of === 't')
  const facets: Facet[] = []
  if (condition) {
    const joined = ofTotals.length > 0 ? JOIN_TOTALS : Prisma.empty
    const rows = Prisma.sql`FROM ${table} r ${joined} WHERE ${condition}`
    facets.push(...(await count(single, rows, MATCHES_COUNTED)))
    for (const column of several) {
      const each = Prisma.sql`FROM ${table} r ${column.each} WHERE ${condition}`
      facets.push(...(await count([column], each, MATCHES_COUNTED)))
    }
    return facets
  }
  // Whatever has to be read from beginning to end is read quickest as it lies there.
  await tx.$executeRaw`SET LOCAL enable_seqscan = on`
  const ofRows = single.filter(({ of }) => of === 'r')
  const totals = Prisma.sql`FROM partnership_total t WHERE t.received`
  facets.push(...(await count(ofRows, Prisma.sql`FROM ${table} r`, ROWS_COUNTED)))
  facets.push(...(await count(ofTotals, totals, ROWS_COUNTED)))
  for (const column of several) {
    const each = Prisma.sql`FROM ${table} r ${column.each}`
    facets.push(...(await count([column], each, ROWS_COUNTED)))
  }
  await tx.$executeRaw`SET LOCAL enable_seqscan = off`
  return facets
}

const JOIN_TOTALS = Prisma.sql`JOIN partnership_total t ON t.company_uuid = r.company_uuid AND t.uuid = r.uuid`

async function fieldFacet(
  tx: Transaction,
  { table, owner }: ListTable,
  { key, type, options = [] }: ListColumn,
  condition: Prisma.Sql | null,
  chosen: readonly string[],
): Promise<Facet | null> {
  const field = readFieldColumn(key)
  if (!field || !owner) return null
  if (type !== 'select' && type !== 'multi-select' && type !== 'boolean') return null
  const limit = condition ? FIELD_MATCHES_COUNTED : ROWS_COUNTED
  const rows = condition && Prisma.sql`FROM ${table} r WHERE ${condition}`
  const asked = { owner, ...field, type, chosen }
  const { counted, filled, lookedAt } = await countFieldValues(tx, asked, rows, limit)
  const all = condition ? Math.min(lookedAt, limit) : await countRows(tx, table)
  const labels = new Map(options.map(({ value, label }) => [value, label]))
  const others = [...counted.map(({ value }) => value ?? ''), ...chosen].filter(
    (value) => value !== '' && !labels.has(value),
  )
  if (others.length > 0 && type !== 'boolean') {
    for (const [id, label] of await optionLabels(tx, field, others)) labels.set(id, label)
  }
  const facet = toFacet(key, counted, lookedAt <= limit, chosen, (value) =>
    type === 'boolean' ? labelOf(key, value) : (labels.get(value) ?? value),
  )
  return { ...facet, empty: Math.max(0, all - filled) }
}

async function countRows(tx: Transaction, table: Prisma.Sql): Promise<number> {
  const [found] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM ${table} r LIMIT ${ROWS_COUNTED}) counted`
  return found?.count ?? 0
}

const TRUTH: Record<string, string> = { true: 'Yes', false: 'No' }

function labelOf(key: ColumnKey, value: string): string {
  const isTruth = key.startsWith('has') || readFieldColumn(key) !== null
  return (isTruth ? TRUTH[value] : undefined) ?? value
}

function fieldsOf({ columns = [], filters }: ListView): ColumnKey[] {
  const keys = [...filters.map(({ column }) => column), ...columns.map(({ key }) => key)]
  return [...new Set(keys)].filter((key) => readFieldColumn(key) !== null)
}
