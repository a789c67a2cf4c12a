import Link from 'next/link'
import { partnershipHref, roomHref } from '@/components/addresses'
import { Badge } from '@/components/ui/badge'
import { PageHeader, type Breadcrumb } from '@/components/ui/page-header'
import { formatCount } from '@/lib/format'
import type { RoomHead } from '@/lib/queries/find-room'
import { RelatedPartnership } from './related-partnership'

/** Whose room it is, and what is in it. */
export function RoomHeader({ room, inThread }: { room: RoomHead; inThread: boolean }) {
  const name = <RelatedPartnership {...room} />
  const breadcrumbs: Breadcrumb[] = [{ label: 'Rooms', href: '/rooms' }]
  if (inThread) breadcrumbs.push({ label: name, href: roomHref(room) })
  return (
    <PageHeader
      title={inThread ? 'Thread' : name}
      breadcrumbs={breadcrumbs}
      description={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {room.partnershipUuid !== null && (
            <Link
              href={partnershipHref({ companyUuid: room.companyUuid, uuid: room.partnershipUuid })}
              prefetch={false}
              className="text-accent underline-offset-2 hover:underline"
            >
              Partnership
            </Link>
          )}
          {room.partnerType && (
            <Badge>
              <bdi className="max-w-48 truncate">{room.partnerType}</bdi>
            </Badge>
          )}
          {room.onlyMessages ? (
            <span>Known from its messages only: its counts are not there yet</span>
          ) : (
            <>
              <span>{counted(room.messageCount, 'message')}</span>
              <span>{counted(room.attachmentCount, 'file')}</span>
            </>
          )}
          <span>Times in UTC</span>
        </span>
      }
    />
  )
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
