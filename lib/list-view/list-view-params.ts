import { encodePart, SEPARATOR } from './address-part'
import type { Filter, ListView, ShownColumn } from './list-view'

/** A view as the query of an address: the inverse of `readListView`. Pages start anew: no cursor is in it. */
export function listViewParams(view: ListView): URLSearchParams {
  const params = new URLSearchParams()
  if (view.view) params.set('view', view.view)
  if (view.q) params.set('q', view.q)
  for (const filter of view.filters) params.append('filter', formatFilter(filter))
  if (view.sort) params.set('sort', (view.sort.descending ? '-' : '') + view.sort.column)
  if (view.columns) params.set('columns', view.columns.map(formatColumn).join(','))
  if (view.density) params.set('density', view.density)
  return params
}

/** A filter as the value of the parameter `filter`. */
export function formatFilter({ column, operator, values }: Filter): string {
  return [column, operator, ...values.map(encodePart)].join(SEPARATOR)
}

function formatColumn({ key, width }: ShownColumn): string {
  return width === undefined ? key : `${key}:${width}`
}
