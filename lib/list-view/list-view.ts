/** The lists that have views: tables of rows to be searched, filtered, sorted and exported. */
export const LIST_NAMES = ['partnerships', 'contacts', 'custom-fields', 'attachments'] as const

export type ListName = (typeof LIST_NAMES)[number]

/**
 * A column as addresses name it: a fixed word (`stage`), or a custom field (see `fieldColumn`).
 * Compare keys as they are: every column has one spelling.
 */
export type ColumnKey = string

/** What a filter may ask of a column; which ones fit follows from the column's type. */
export const OPERATORS = [
  'contains',
  'is',
  'any',
  'all',
  'none',
  'between',
  'within',
  'empty',
  'filled',
] as const

export type Operator = (typeof OPERATORS)[number]

/** The spans of time that `within` knows, counted in UTC days up to today, or from today on. */
export const TIME_SPANS = [
  'this-year',
  'this-month',
  'last-7-days',
  'last-30-days',
  'last-90-days',
  'next-30-days',
] as const

export type TimeSpan = (typeof TIME_SPANS)[number]

/** One condition on one column; all conditions of a view must hold. */
export type Filter = { column: ColumnKey; operator: Operator; values: string[] }

export type Sort = { column: ColumnKey; descending: boolean }

/** A column that is shown; `width` in CSS pixels where somebody changed it. */
export type ShownColumn = { key: ColumnKey; width?: number }

/**
 * What an address says about a list, as far as its form goes: whether the list has such columns, and
 * whether operators and values fit them, the list's query checks. Absent means the list's default.
 */
export type ListView = {
  q?: string
  filters: Filter[]
  sort?: Sort
  columns?: ShownColumn[]
  density?: 'compact'
  /** The id of the saved view that this one came from. */
  view?: string
}
