import { partnershipHref } from '@/components/addresses'
import type { GridRow } from '@/components/data-grid/grid-column'
import { RowLink } from '@/components/data-grid/row-link'
import { ExternalLink } from '@/components/ui/external-link'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { PartnershipRow } from '@/lib/queries/list-partnerships'
import { OutsideText } from './outside-text'
import { PartnershipName } from './partnership-name'
import { visibleText } from './visible-text'

/** The cells of a partnership in the list, the custom fields' aside. */
export function partnershipCells(row: PartnershipRow): GridRow['cells'] {
  return {
    name: <NameAndDomain row={row} />,
    stage: <OutsideText text={row.stage} />,
    tier: <OutsideText text={row.tier} />,
    category: <OutsideText text={row.category} />,
    country: <OutsideText text={row.country} />,
    industry: <OutsideText text={row.industry} />,
    partnerType: <OutsideText text={row.partnerType} className="first-letter:uppercase" />,
    contacts: formatCount(row.contactCount),
    messages: formatCount(row.messageCount),
    rooms: formatCount(row.roomCount),
    lastMessage: <Time value={row.lastMessageAt} />,
    domain: <OutsideText text={row.domain} />,
    website: <Website address={row.website} />,
    email: <OutsideText text={row.email} />,
    phone: <OutsideText text={row.phone} />,
    firstSeen: <Time value={row.firstSeenAt} />,
    changed: <Time value={row.changedAt} />,
  }
}

function NameAndDomain({ row }: { row: PartnershipRow }) {
  const domain = visibleText(row.domain)
  return (
    <span className="block min-w-0 leading-tight">
      <RowLink href={partnershipHref(row)}>
        <PartnershipName name={row.name} className="line-clamp-1 text-left break-all" />
      </RowLink>
      {domain && (
        <bdi className="line-clamp-1 text-left text-xs break-all text-muted in-data-[density=compact]:hidden">
          {domain}
        </bdi>
      )}
    </span>
  )
}

function Website({ address }: { address: string | null }) {
  const visible = visibleText(address)
  if (visible === null) return <span className="text-muted">—</span>
  return (
    <span className="line-clamp-1 break-all" title={visible}>
      <ExternalLink href={visible} />
    </span>
  )
}
