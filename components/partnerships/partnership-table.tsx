import { listHref, partnershipHref } from '@/components/addresses'
import { Badge } from '@/components/ui/badge'
import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { PartnershipRow } from '@/lib/queries/list-partnerships'
import { OutsideText } from './outside-text'
import { PartnershipName } from './partnership-name'
import { SortLink } from './sort-link'
import { visibleText } from './visible-text'

type PartnershipFilters = { q?: string; sort: string }

type Props = { rows: PartnershipRow[]; filters: PartnershipFilters }

// Where the sidebar leaves less room; a phone scrolls sideways and has all of them.
const WIDE_ONLY = 'md:max-xl:hidden'

/** Partnerships, a row each; the whole row leads to the partnership. */
export function PartnershipTable({ rows, filters }: Props) {
  return (
    <DataTable
      caption="Partnerships"
      columns={columns(filters)}
      rows={rows}
      rowKey={(row) => JSON.stringify([row.companyUuid, row.uuid])}
      rowHref={partnershipHref}
      minWidth="68rem"
    />
  )
}

function columns({ q, sort }: PartnershipFilters): Column<PartnershipRow>[] {
  const sortedBy = (key: 'name' | 'changed') =>
    sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined
  const header = (key: 'name' | 'changed', label: string, first: string, other: string) => (
    <SortLink
      label={label}
      sorted={sortedBy(key)}
      atEnd={key === 'changed'}
      href={listHref('/partnerships', { q, sort: sort === first ? other : first })}
    />
  )
  return [
    {
      key: 'name',
      header: header('name', 'Company', 'name', '-name'),
      sorted: sortedBy('name'),
      width: '20%',
      cell: (row) => <NameAndDomain row={row} />,
    },
    { key: 'stage', header: 'Stage', width: '13%', cell: (row) => <Label text={row.stage} /> },
    { key: 'tier', header: 'Tier', width: '8%', cell: (row) => <OutsideText text={row.tier} /> },
    {
      key: 'category',
      header: 'Category',
      width: '12%',
      className: WIDE_ONLY,
      cell: (row) => <OutsideText text={row.category} />,
    },
    {
      key: 'industry',
      header: 'Industry',
      width: '11%',
      className: WIDE_ONLY,
      cell: (row) => <OutsideText text={row.industry} />,
    },
    {
      key: 'country',
      header: 'Country',
      width: '10%',
      className: WIDE_ONLY,
      cell: (row) => <OutsideText text={row.country} />,
    },
    {
      key: 'partnerType',
      header: 'Partner type',
      width: '10%',
      cell: (row) => <OutsideText text={row.partnerType} className="first-letter:uppercase" />,
    },
    {
      key: 'contacts',
      header: 'Contacts',
      align: 'end',
      width: '6%',
      cell: (row) => formatCount(row.contactCount),
    },
    {
      key: 'changed',
      header: header('changed', 'Last changed', '-changed', 'changed'),
      sorted: sortedBy('changed'),
      align: 'end',
      width: '10%',
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          <Time value={row.changedAt} />
        </span>
      ),
    },
  ]
}

function NameAndDomain({ row }: { row: PartnershipRow }) {
  const domain = visibleText(row.domain)
  return (
    <span className="block min-w-0 leading-tight">
      <PartnershipName name={row.name} className="line-clamp-1 text-left break-all" />
      {domain && (
        <bdi className="line-clamp-1 text-left text-xs font-normal break-all text-muted">
          {domain}
        </bdi>
      )}
    </span>
  )
}

function Label({ text }: { text: string | null }) {
  const visible = visibleText(text)
  if (visible === null) return <span className="text-muted">—</span>
  return (
    <Badge title={visible}>
      <bdi className="line-clamp-1 break-all">{visible}</bdi>
    </Badge>
  )
}
