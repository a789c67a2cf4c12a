import type { ListColumn } from '@/lib/list-view/list-column'
import type { ListView } from '@/lib/list-view/list-view'
import { PARTNERSHIP_KEY, partnershipOf } from '@/lib/list-view/partnership-filter'
import { visibleText } from './visible-text'

/** The columns, with the name of the partnership that the view is about: its filter knows ids only. */
export function withPartnershipName(
  columns: ListColumn[],
  view: ListView,
  rows: { partnershipName: string | null }[],
): ListColumn[] {
  const partnership = partnershipOf(view)
  if (!partnership) return columns
  const label = visibleText(rows[0]?.partnershipName) ?? partnership.uuid
  const options = [{ value: partnership.uuid, label }]
  return columns.map((column) =>
    column.key === PARTNERSHIP_KEY ? { ...column, label: 'Partnership', options } : column,
  )
}
