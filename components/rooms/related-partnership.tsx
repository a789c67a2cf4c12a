import { PartnershipName } from '@/components/partnerships/partnership-name'

type Props = {
  partnershipUuid: string | null
  partnershipReceived: boolean
  partnershipName: string | null
}

/** What a room or a file belongs to, as far as events have told. */
export function RelatedPartnership(props: Props) {
  if (props.partnershipUuid === null) return <span className="text-muted">No partnership</span>
  if (!props.partnershipReceived) {
    return <span className="text-muted">Partnership not received yet</span>
  }
  return <PartnershipName name={props.partnershipName} />
}
