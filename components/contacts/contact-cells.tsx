import { contactHref } from '@/components/addresses'
import type { GridRow } from '@/components/data-grid/grid-column'
import { RowLink } from '@/components/data-grid/row-link'
import { OutsideText } from '@/components/partnerships/outside-text'
import { PartnershipLink } from '@/components/partnerships/partnership-link'
import { Time } from '@/components/ui/time'
import type { ContactRow } from '@/lib/queries/lists/contact-rows'
import { ContactName } from './contact-name'
import { TagList } from './tag-list'

/** The cells of a contact in the list, the custom fields' aside. */
export function contactCells(row: ContactRow): GridRow['cells'] {
  return {
    name: (
      <RowLink href={contactHref(row)}>
        <ContactName contact={row} />
      </RowLink>
    ),
    email: <OutsideText text={row.email} />,
    position: <OutsideText text={row.position} />,
    company: <OutsideText text={row.companyName} />,
    partnership: <PartnershipLink {...row} inCell />,
    tags: <TagList tags={row.tags} count={row.tagCount} compact />,
    phone: <OutsideText text={row.phone} />,
    firstSeen: <Time value={row.firstSeenAt} />,
    changed: <Time value={row.changedAt} />,
  }
}
