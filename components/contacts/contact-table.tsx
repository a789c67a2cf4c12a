import { contactHref } from '@/components/addresses'
import { OutsideText } from '@/components/partnerships/outside-text'
import { PartnershipLink } from '@/components/partnerships/partnership-link'
import { SortLink } from '@/components/partnerships/sort-link'
import { DataTable, type Column } from '@/components/ui/data-table'
import { Time } from '@/components/ui/time'
import type { ListView } from '@/lib/list-view/list-view'
import { listViewParams } from '@/lib/list-view/list-view-params'
import type { ContactRow } from '@/lib/queries/lists/contact-rows'
import { ContactName } from './contact-name'
import { TagList } from './tag-list'

type Props = { rows: ContactRow[]; view: ListView }

// Where the sidebar leaves less room; a phone scrolls sideways and has all of them.
const WIDE_ONLY = 'md:max-xl:hidden'

/** Contacts, a row each; the whole row leads to the contact. */
export function ContactTable({ rows, view }: Props) {
  return (
    <DataTable
      caption="Contacts"
      columns={columns(view)}
      rows={rows}
      rowKey={(row) => JSON.stringify([row.companyUuid, row.uuid])}
      rowHref={contactHref}
      minWidth="64rem"
    />
  )
}

function columns(view: ListView): Column<ContactRow>[] {
  const descending = view.sort?.descending ?? false
  const sorted = descending ? 'descending' : 'ascending'
  const sort = { column: 'name', descending: !descending }
  const turned = `/contacts?${listViewParams({ ...view, sort })}`
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
