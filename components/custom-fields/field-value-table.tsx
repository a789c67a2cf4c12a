import { contactHref, partnershipHref } from '@/components/addresses'
import { visibleText } from '@/components/partnerships/visible-text'
import { DataTable, type Column } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Time } from '@/components/ui/time'
import type { FieldOwner, FieldValueRow } from '@/lib/queries/list-field-values'
import { CustomFieldValue } from './custom-field-value'

const NAMES = {
  partnership: { one: 'Partnership', many: 'partnership', href: partnershipHref },
  contact: { one: 'Contact', many: 'contact', href: contactHref },
}

/** Who has something in a field, and what. */
export function FieldValueTable({ owner, rows }: { owner: FieldOwner; rows: FieldValueRow[] }) {
  const { one, many, href } = NAMES[owner]
  return (
    <DataTable
      caption={`Values of ${many}s`}
      columns={columnsFor(one)}
      rows={rows}
      rowKey={(row) => row.ownerUuid}
      rowHref={(row) => href({ companyUuid: row.companyUuid, uuid: row.ownerUuid })}
      minWidth="36rem"
      empty={
        <EmptyState
          title={`No ${many} has a value in this field`}
          description="The events that list this field sent nothing in it."
        />
      }
    />
  )
}

function columnsFor(owner: string): Column<FieldValueRow>[] {
  return [
    { key: 'owner', header: owner, width: '34%', cell: (row) => <Owner row={row} /> },
    { key: 'value', header: 'Value', cell: (row) => <CustomFieldValue value={row} compact /> },
    {
      key: 'changed',
      header: 'Last changed',
      align: 'end',
      width: '8rem',
      cell: (row) => <Time value={row.changedAt} />,
    },
  ]
}

function Owner({ row }: { row: FieldValueRow }) {
  const name = visibleText(row.ownerName)
  if (name !== null) return <bdi className="line-clamp-2 min-w-32">{name}</bdi>
  return (
    <span className="text-muted">
      <bdi className="font-mono text-xs">{row.ownerUuid}</bdi>
      {row.changedAt === null && <span className="block text-xs">not received yet</span>}
    </span>
  )
}
