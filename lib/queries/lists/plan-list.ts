import type { Prisma, Transaction } from '@/lib/db'
import { InvalidAddressError } from '@/lib/errors'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { ColumnKey, Filter, ListView } from '@/lib/list-view/list-view'
import type { ColumnDefinition, ListDefinition } from './column-definition'
import { fieldColumns } from './field-columns'
import type { ListPlan } from './find-keys'
import { conjunction } from './key-order'
import { searchRows } from './search-rows'
import type { SortSource } from './sort-source'

/** A view of a list, checked against the columns that the list has. */
export type PlannedList = {
  /** With the words themselves that are searched for. */
  literal: ListPlan
  /** The same filters with something else in place of the words. */
  searchingFor: (condition: Prisma.Sql) => ListPlan
  /** What is searched for, as it was typed, and as a condition without the filters. */
  query: string | undefined
  search: Prisma.Sql | null
  /** All columns of the list. */
  columns: ListColumn[]
  /** The custom fields among those that the view shows. */
  shownFields: ColumnKey[]
}

/**
 * @throws InvalidAddressError when the view names a column that the list has not, asks something of a
 *   column that its type does not know, or gives a value that can't be one.
 */
export async function planList(
  tx: Transaction,
  list: ListDefinition,
  view: ListView,
): Promise<PlannedList> {
  const named = [
    ...view.filters.map(({ column }) => column),
    ...(view.sort ? [view.sort.column] : []),
    ...(view.columns ?? []).map(({ key }) => key),
  ]
  const chosen = view.filters.flatMap(({ values }) => values)
  const definitions = [...list.columns, ...(await fieldColumns(tx, list.table, named, chosen))]
  const byKey = new Map(definitions.map((definition) => [definition.column.key, definition]))
  const find = (key: ColumnKey): ColumnDefinition => {
    const definition = byKey.get(key)
    if (definition) return definition
    throw new InvalidAddressError('This address names a column that this list does not have.')
  }
  const { column, descending } = view.sort ?? list.defaultSort
  const source = sourceOf(find(column))
  const filters = view.filters.map((filter) => {
    const definition = find(filter.column)
    const condition = conditionOf(definition, filter)
    return { column: filter.column, condition, values: definition.values?.(filter) ?? null }
  })
  const ofRows = filters.filter(({ values }) => values === null)
  const shown = (view.columns ?? []).map(({ key }) => find(key).column)
  const search = searchRows(view.q)
  const plan = (found: Prisma.Sql | null): ListPlan => ({
    table: list.table,
    source,
    descending,
    condition: together([found, ...filters.map(({ condition }) => condition)]),
    ofRows: together([found, ...ofRows.map(({ condition }) => condition)]),
    sets: filters.flatMap(({ values }) => (values ? [values] : [])),
  })
  return {
    literal: plan(search),
    searchingFor: plan,
    query: view.q,
    search,
    columns: definitions.map((definition) => definition.column),
    shownFields: shown.filter(({ custom }) => custom).map(({ key }) => key),
  }
}

function sourceOf({ sort }: ColumnDefinition): SortSource {
  if (sort) return sort
  throw new InvalidAddressError('This list can’t be sorted by the column that the address names.')
}

function conditionOf({ column, condition }: ColumnDefinition, filter: Filter): Prisma.Sql {
  if (!column.operators.includes(filter.operator)) {
    throw new InvalidAddressError(
      `Of this column a filter can ask ${column.operators.join(', ')}; nothing else.`,
    )
  }
  return condition(filter)
}

/** All of them hold; null when there are none. */
function together(conditions: (Prisma.Sql | null)[]): Prisma.Sql | null {
  const given = conditions.filter((condition) => condition !== null)
  const [only, ...others] = given
  if (!only) return null
  return others.length === 0 ? only : conjunction(given)
}
