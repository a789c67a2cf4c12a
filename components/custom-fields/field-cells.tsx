import type { GridRow } from '@/components/data-grid/grid-column'
import type { CustomFieldValueContent } from './custom-field-value'
import { FieldCell } from './field-cell'

/** The cells of a row's custom fields, by their columns' keys. */
export function fieldCells(fields: Record<string, CustomFieldValueContent>): GridRow['cells'] {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, <FieldCell key={key} value={value} />]),
  )
}
