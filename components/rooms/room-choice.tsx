import Link from 'next/link'
import { roomHref } from '@/components/addresses'
import { PageHeader } from '@/components/ui/page-header'
import { formatCount } from '@/lib/format'
import type { RoomHead } from '@/lib/queries/find-room'
import { PartnershipName } from './partnership-name'

/** One room's uuid that several companies have: the address must say whose is meant. */
export function RoomChoice({ rooms }: { rooms: RoomHead[] }) {
  return (
    <>
      <PageHeader
        title="Which company's room?"
        breadcrumbs={[{ label: 'Rooms', href: '/rooms' }]}
        description="Several companies have a room with this id."
      />
      <ul aria-label="Companies" className="overflow-hidden rounded-lg border bg-surface">
        {rooms.map((room) => (
          <li key={room.companyUuid} className="border-b px-4 py-2.5 last:border-b-0">
            <Link href={roomHref(room)} className="text-accent underline-offset-2 hover:underline">
              <PartnershipName {...room} />
            </Link>
            <p className="text-xs text-muted">
              Company <bdi>{room.companyUuid}</bdi> · {formatCount(room.messageCount)} messages
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
