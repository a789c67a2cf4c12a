'use client'

import { customFieldHref } from '@/components/addresses'
import { DataGrid } from '@/components/data-grid/data-grid'
import type { listCustomFields } from '@/lib/queries/list-custom-fields'
import { customFieldCells } from './custom-field-cells'

type Props = { rows: Awaited<ReturnType<typeof listCustomFields>>['page']['rows'] }

/**
 * The table of custom fields. It is drawn from the rows in both places: cells that came drawn from the server would be
 * sent twice, and ten times as large.
 */
export function CustomFieldGrid({ rows }: Props) {
  return (
    <DataGrid
      rows={rows.map((row) => ({
        key: JSON.stringify([row.companyUuid, row.uuid]),
        href: customFieldHref(row),
        cells: customFieldCells(row),
      }))}
    />
  )
}
