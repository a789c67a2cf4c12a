import type { ColumnKey } from '@/lib/list-view/list-view'

/** How many rows have a value; `exact` is false when there may be more: "at least". */
export type FacetValue = { value: string; label: string; count: number; exact: boolean }

/**
 * The values of a column and how many rows have each, under all the other filters of a view: the most
 * frequent ones, and those that the view's own filter names. `value` is what that filter takes.
 */
export type Facet = {
  column: ColumnKey
  values: FacetValue[]
  /** How many rows have none. */
  empty: number
  /** Whether there are values beyond those told. */
  more: boolean
}

/** How many values of a column are told, besides those that are chosen. */
export const MAX_VALUES = 50

/** A value as it was counted; null is for rows that have none. */
export type CountedValue = { value: string | null; count: number; rank: number }

/**
 * @param chosen The values that the view's filter names; they are told even where no row has them.
 * @param labelOf What a value is called.
 */
export function toFacet(
  column: ColumnKey,
  counted: CountedValue[],
  exact: boolean,
  chosen: readonly string[],
  labelOf: (value: string) => string,
): Facet {
  const present = counted.filter(
    (row): row is CountedValue & { value: string } => row.value !== null,
  )
  const frequent = present.filter(({ rank }) => rank <= MAX_VALUES)
  const told = present.filter(({ value, rank }) => rank <= MAX_VALUES || chosen.includes(value))
  const known = new Set(told.map(({ value }) => value))
  const absent = chosen.filter((value) => !known.has(value))
  return {
    column,
    values: [
      ...told.map(({ value, count }) => ({ value, label: labelOf(value), count, exact })),
      ...absent.map((value) => ({ value, label: labelOf(value), count: 0, exact })),
    ],
    empty: counted.find(({ value }) => value === null)?.count ?? 0,
    more: present.length > frequent.length,
  }
}
