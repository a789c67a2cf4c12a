import { contactHref } from '@/components/addresses'
import { ContactName } from '@/components/contacts/contact-name'
import { DataTable, type Column } from '@/components/ui/data-table'
import { listViewParams } from '@/lib/list-view/list-view-params'
import { partnershipFilter } from '@/lib/list-view/partnership-filter'
import type { BoundedCount } from '@/lib/queries/count-up-to'
import type { ContactRow } from '@/lib/queries/lists/contact-rows'
import type { RecordKey } from '@/lib/queries/record-key'
import { boundedCount } from './bounded-count'
import { OutsideText } from './outside-text'
import { Section } from './section'
import { SectionLink } from './section-link'

type Props = { partnership: RecordKey; contacts: ContactRow[]; total: BoundedCount }

const COLUMNS: Column<ContactRow>[] = [
  { key: 'name', header: 'Name', width: '36%', cell: (row) => <ContactName contact={row} /> },
  {
    key: 'position',
    header: 'Position',
    width: '30%',
    cell: (row) => <OutsideText text={row.position} />,
  },
  { key: 'email', header: 'E-mail', cell: (row) => <OutsideText text={row.email} /> },
]

/** The first contacts of a partnership, and where the rest are. */
export function ContactSection({ partnership, contacts, total }: Props) {
  const all = `/contacts?${listViewParams({ filters: [partnershipFilter(partnership)] })}`
  return (
    <Section
      title="Contacts"
      note={boundedCount(total, 'contact', 'contacts')}
      empty={contacts.length === 0 && 'No contact of this partnership has been received.'}
      action={total.count > contacts.length && <SectionLink href={all}>All contacts</SectionLink>}
    >
      <DataTable
        caption="Contacts of this partnership"
        columns={COLUMNS}
        rows={contacts}
        rowKey={(row) => row.uuid}
        rowHref={contactHref}
        minWidth="32rem"
      />
    </Section>
  )
}
