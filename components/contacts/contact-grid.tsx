'use client'

import { contactHref } from '@/components/addresses'
import { fieldCells } from '@/components/custom-fields/field-cells'
import { DataGrid } from '@/components/data-grid/data-grid'
import type { listContacts } from '@/lib/queries/list-contacts'
import { contactCells } from './contact-cells'

type Props = { rows: Awaited<ReturnType<typeof listContacts>>['page']['rows'] }

/**
 * The table of contacts. It is drawn from the rows in both places: cells that came drawn from the server would be
 * sent twice, and ten times as large.
 */
export function ContactGrid({ rows }: Props) {
  return (
    <DataGrid
      rows={rows.map((row) => ({
        key: JSON.stringify([row.companyUuid, row.uuid]),
        href: contactHref(row),
        cells: { ...contactCells(row), ...fieldCells(row.fields) },
      }))}
    />
  )
}
