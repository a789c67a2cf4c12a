import Link from 'next/link'
import { partnershipHref } from '@/components/addresses'
import { PartnershipName } from './partnership-name'

type Props = {
  companyUuid: string
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
}

/** The partnership that something belongs to, as a link; an em dash when it belongs to none. */
export function PartnershipLink(props: Props) {
  const { companyUuid, partnershipUuid, partnershipReceived, partnershipName } = props
  if (partnershipUuid === null) return <span className="text-muted">—</span>
  return (
    <Link
      href={partnershipHref({ companyUuid, uuid: partnershipUuid })}
      prefetch={false}
      className="line-clamp-1 break-all underline-offset-2 hover:underline"
    >
      {partnershipReceived ? (
        <PartnershipName name={partnershipName} />
      ) : (
        <span className="text-muted">Not received yet</span>
      )}
    </Link>
  )
}
