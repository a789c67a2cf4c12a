import type { Prisma } from '@/lib/db'
import type { Filter, ListName } from '@/lib/list-view/list-view'
import { OPERATORS_OF, type ColumnType, type ListColumn } from '@/lib/list-view/list-column'
import type { ValueSet } from './field-conditions'
import type { ListTable } from './list-table'
import type { SortSource } from './sort-source'

/** A column of a list: what people see of it, and what it is in SQL on the list's rows `r`. */
export type ColumnDefinition = {
  column: ListColumn
  /** Null when the list can't be sorted by it. */
  sort: SortSource | null
  /** @throws InvalidAddressError when the filter's values don't fit. */
  condition: (filter: Filter) => Prisma.Sql
  /** The same of a custom field, as the values that are asked for. */
  values?: (filter: Filter) => ValueSet
}

/** A list: its table and its built-in columns, of which `defaultSort` names one. */
export type ListDefinition = {
  name: ListName
  table: ListTable
  columns: ColumnDefinition[]
  defaultSort: { column: string; descending: boolean }
}

type Given = Partial<Omit<ListColumn, 'key' | 'type'>> &
  Omit<ColumnDefinition, 'column'> & { key: string; label: string; type: ColumnType }

/** A built-in column; shown by default unless said otherwise. */
export function builtIn({ sort, condition, ...column }: Given): ColumnDefinition {
  return {
    sort,
    condition,
    column: {
      sortable: sort !== null,
      operators: OPERATORS_OF[column.type],
      custom: false,
      shownByDefault: !column.filterOnly,
      width: 160,
      ...column,
    },
  }
}
