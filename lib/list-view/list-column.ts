import type { ColumnKey, Operator } from './list-view'

export type ColumnType =
  'text' | 'label' | 'select' | 'multi-select' | 'number' | 'count' | 'date' | 'boolean'

/** A column that a list has: what it is called, what can be asked of it and how it is first shown. */
export type ListColumn = {
  key: ColumnKey
  /** Of a custom field its label as it was sent, cut to 200 characters; its id when it has none. */
  label: string
  type: ColumnType
  sortable: boolean
  operators: Operator[]
  /** What `any`, `all` and `none` can name, where that is known beforehand. */
  options?: { value: string; label: string }[]
  custom: boolean
  /** There only to be filtered by: it has no cells. */
  filterOnly?: boolean
  shownByDefault: boolean
  /** In CSS pixels, unless the view says otherwise. */
  width: number
}

/** What can be asked of a column of each type. */
export const OPERATORS_OF: Record<ColumnType, Operator[]> = {
  text: ['contains', 'is', 'empty', 'filled'],
  label: ['any', 'none', 'empty', 'filled'],
  select: ['any', 'none', 'empty', 'filled'],
  'multi-select': ['any', 'all', 'none', 'empty', 'filled'],
  number: ['between', 'empty', 'filled'],
  count: ['between', 'empty', 'filled'],
  date: ['between', 'within', 'empty', 'filled'],
  boolean: ['is', 'empty', 'filled'],
}
