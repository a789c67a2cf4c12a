import { TextCursorInput } from 'lucide-react'
import Link from 'next/link'
import { customFieldHref } from '@/components/addresses'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { DataTable, type Column } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { CustomFieldRow } from '@/lib/queries/lists/custom-field-rows'
import { CustomFieldLabel } from './custom-field-label'
import { CustomFieldType } from './custom-field-type'
import { FilledCount } from './filled-count'

const COMPANY: Column<CustomFieldRow> = {
  key: 'company',
  header: 'Company',
  width: '9rem',
  cell: (field) => (
    <bdi
      className="line-clamp-1 min-w-36 font-mono text-xs break-all text-muted"
      title={field.companyUuid}
    >
      {field.companyUuid}
    </bdi>
  ),
}

const COLUMNS: Column<CustomFieldRow>[] = [
  {
    key: 'label',
    header: 'Label',
    sorted: 'ascending',
    cell: (field) => (
      <span className="line-clamp-2 min-w-36">
        <CustomFieldLabel label={field.label} uuid={field.uuid} />
      </span>
    ),
  },
  {
    key: 'type',
    header: 'Type',
    width: '9rem',
    cell: (field) => <CustomFieldType type={field.type} />,
  },
  {
    key: 'options',
    header: 'Options',
    width: '28%',
    cell: (field) => <FirstOptions field={field} />,
  },
  {
    key: 'partnerships',
    header: 'Partnerships',
    align: 'end',
    width: '7rem',
    cell: (field) => <FilledCount value={field.partnerships} />,
  },
  {
    key: 'contacts',
    header: 'Contacts',
    align: 'end',
    width: '6rem',
    cell: (field) => <FilledCount value={field.contacts} />,
  },
  {
    key: 'changed',
    header: 'Last changed',
    align: 'end',
    width: '8rem',
    cell: (field) => <Time value={field.changedAt} />,
  },
]

export function CustomFieldTable({ rows, query }: { rows: CustomFieldRow[]; query?: string }) {
  // Fields of several companies may well have the same label.
  const companies = new Set(rows.map((field) => field.companyUuid))
  const [label, ...others] = COLUMNS
  return (
    <DataTable
      caption="Custom fields"
      columns={label && companies.size > 1 ? [label, COMPANY, ...others] : COLUMNS}
      rows={rows}
      rowKey={(field) => `${field.companyUuid} ${field.uuid}`}
      rowHref={customFieldHref}
      minWidth="64rem"
      empty={query ? <NothingFound query={query} /> : <NothingYet />}
    />
  )
}

function FirstOptions({ field }: { field: CustomFieldRow }) {
  if (field.optionCount === 0) return <span className="text-muted">—</span>
  const rest = field.optionCount - field.firstOptions.length
  return (
    <span className="flex flex-wrap items-center gap-1">
      {field.firstOptions.map((label, index) => (
        <Badge key={index}>
          <bdi>{label}</bdi>
        </Badge>
      ))}
      {rest > 0 && <span className="text-xs text-muted">and {formatCount(rest)} more</span>}
    </span>
  )
}

function NothingYet() {
  return (
    <EmptyState
      icon={<TextCursorInput />}
      title="No custom fields yet"
      description="They arrive with partnerships and contacts: every event lists the fields that JourneyBee has."
    />
  )
}

function NothingFound({ query }: { query: string }) {
  return (
    <EmptyState
      icon={<TextCursorInput />}
      title="No custom field has this in its label"
      description={
        <>
          Searched for <bdi className="font-medium">{query}</bdi>.
        </>
      }
      actions={
        <Button asChild>
          <Link href="/custom-fields">Show all</Link>
        </Button>
      }
    />
  )
}
