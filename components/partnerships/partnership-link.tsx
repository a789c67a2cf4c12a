import { clsx } from 'clsx'
import Link from 'next/link'
import { partnershipHref } from '@/components/addresses'
import { PartnershipName } from './partnership-name'

type Props = {
  companyUuid: string
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
  className?: string
}

/** The partnership that something belongs to, as a link; an em dash when it belongs to none. */
export function PartnershipLink(props: Props) {
  const { companyUuid, partnershipUuid, partnershipReceived, partnershipName, className } = props
  if (partnershipUuid === null) return <span className="text-muted">—</span>
  return (
    <Link
      href={partnershipHref({ companyUuid, uuid: partnershipUuid })}
      prefetch={false}
      className={clsx(
        'line-clamp-1 text-left break-all underline-offset-2 hover:underline',
        className,
      )}
    >
      {partnershipReceived ? (
        <PartnershipName name={partnershipName} />
      ) : (
        <span className="text-muted">Not received yet</span>
      )}
    </Link>
  )
}
