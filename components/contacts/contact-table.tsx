import { contactHref, listHref } from '@/components/addresses'
import { OutsideText } from '@/components/partnerships/outside-text'
import { PartnershipLink } from '@/components/partnerships/partnership-link'
import { SortLink } from '@/components/partnerships/sort-link'
import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import type { ContactRow } from '@/lib/queries/contact-rows'
import type { ContactFilters } from '@/lib/queries/list-contacts'
import { ContactName } from './contact-name'
import { TagList } from './tag-list'

type Props = { rows: ContactRow[]; filters: ContactFilters }

// Where the sidebar leaves less room; a phone scrolls sideways and has all of them.
const WIDE_ONLY = 'md:max-xl:hidden'

/** Contacts, a row each; the whole row leads to the contact. */
export function ContactTable({ rows, filters }: Props) {
  return (
    <DataTable
      caption="Contacts"
      columns={columns(filters)}
      rows={rows}
      rowKey={(row) => JSON.stringify([row.companyUuid, row.uuid])}
      rowHref={contactHref}
      minWidth="64rem"
    />
  )
}

function columns({ q, sort, partnership }: ContactFilters): Column<ContactRow>[] {
  const sorted = sort === 'name' ? 'ascending' : 'descending'
  const turned = listHref('/contacts', {
    q,
    partnership: partnership?.uuid,
    company: partnership?.companyUuid,
    sort: sort === 'name' ? '-name' : 'name',
  })
  return [
    {
      key: 'name',
      header: <SortLink label="Name" sorted={sorted} href={turned} />,
      sorted,
      width: '17%',
      cell: (row) => <ContactName contact={row} />,
    },
    {
      key: 'email',
      header: 'E-mail',
      width: '19%',
      cell: (row) => <OutsideText text={row.email} />,
    },
    {
      key: 'position',
      header: 'Position',
      width: '15%',
      cell: (row) => <OutsideText text={row.position} />,
    },
    {
      key: 'company',
      header: 'Company',
      width: '12%',
      className: WIDE_ONLY,
      cell: (row) => <OutsideText text={row.companyName} />,
    },
    {
      key: 'partnership',
      header: 'Partnership',
      width: '15%',
      cell: (row) => <PartnershipLink {...row} />,
    },
    {
      key: 'tags',
      header: 'Tags',
      width: '12%',
      className: WIDE_ONLY,
      cell: (row) => <TagList tags={row.tags} count={row.tagCount} compact />,
    },
    {
      key: 'changed',
      header: 'Last changed',
      width: '10%',
      align: 'end',
      cell: (row) => (
        <span className="whitespace-nowrap text-muted">
          <Time value={row.changedAt} />
        </span>
      ),
    },
  ]
}
