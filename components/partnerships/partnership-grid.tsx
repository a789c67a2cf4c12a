'use client'

import { partnershipHref } from '@/components/addresses'
import { fieldCells } from '@/components/custom-fields/field-cells'
import { DataGrid } from '@/components/data-grid/data-grid'
import type { listPartnerships } from '@/lib/queries/list-partnerships'
import { partnershipCells } from './partnership-cells'

type Props = { rows: Awaited<ReturnType<typeof listPartnerships>>['page']['rows'] }

/**
 * The table of partnerships. It is drawn from the rows in both places: cells that came drawn from the server would be
 * sent twice, and ten times as large.
 */
export function PartnershipGrid({ rows }: Props) {
  return (
    <DataGrid
      rows={rows.map((row) => ({
        key: JSON.stringify([row.companyUuid, row.uuid]),
        href: partnershipHref(row),
        cells: { ...partnershipCells(row), ...fieldCells(row.fields) },
      }))}
    />
  )
}
