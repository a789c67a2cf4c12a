import { clsx } from 'clsx'
import Link from 'next/link'
import { partnershipHref } from '@/components/addresses'
import { CellLink } from '@/components/data-grid/cell-link'
import { PartnershipName } from './partnership-name'

type Props = {
  companyUuid: string
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  className?: string
  /** In a table's cell, whose links the table follows. */
  inCell?: boolean
}

/** The partnership that something belongs to, as a link; an em dash when it belongs to none. */
export function PartnershipLink(props: Props) {
  const { companyUuid, partnershipUuid, partnershipReceived, partnershipName, className } = props
  const { inCell = false } = props
  if (partnershipUuid === null) return <span className="text-muted">—</span>
  const href = partnershipHref({ companyUuid, uuid: partnershipUuid })
  const look = clsx(
    'line-clamp-1 text-left break-all underline-offset-2 hover:underline',
    className,
  )
  const name = partnershipReceived ? (
    <PartnershipName name={partnershipName} />
  ) : (
    <span className="text-muted">Not received yet</span>
  )
  if (inCell) {
    return (
      <CellLink href={href} className={look}>
        {name}
      </CellLink>
    )
  }
  return (
    <Link href={href} prefetch={false} className={look}>
      {name}
    </Link>
  )
}
