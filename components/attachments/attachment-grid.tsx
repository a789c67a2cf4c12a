'use client'

import { DataGrid } from '@/components/data-grid/data-grid'
import type { listAttachments } from '@/lib/queries/list-attachments'
import { attachmentCells, attachmentRowHref } from './attachment-cells'

type Props = { rows: Awaited<ReturnType<typeof listAttachments>>['page']['rows'] }

/**
 * The table of attachments. It is drawn from the rows in both places: cells that came drawn from the server would be
 * sent twice, and ten times as large.
 */
export function AttachmentGrid({ rows }: Props) {
  return (
    <DataGrid
      rows={rows.map((row) => ({
        key: JSON.stringify([row.companyUuid, row.messageUuid, row.uuid]),
        href: attachmentRowHref(row),
        cells: attachmentCells(row),
      }))}
    />
  )
}
