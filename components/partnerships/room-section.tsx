import Link from 'next/link'
import { listHref, roomHref } from '@/components/addresses'
import { authorName } from '@/components/rooms/author-name'
import { messageExcerpt } from '@/components/rooms/message-excerpt'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { BoundedCount } from '@/lib/queries/count-up-to'
import type { PartnershipRoom } from '@/lib/queries/list-partnership-rooms'
import type { RecordKey } from '@/lib/queries/record-key'
import { boundedCount } from './bounded-count'
import { Section } from './section'
import { SectionLink } from './section-link'
import { visibleText } from './visible-text'

type Props = { partnership: RecordKey; rooms: PartnershipRoom[]; total: BoundedCount }

/** The rooms of a partnership with the latest activity, and where the rest are. */
export function RoomSection({ partnership, rooms, total }: Props) {
  const { companyUuid, uuid } = partnership
  const all = listHref('/rooms', { partnership: uuid, company: companyUuid })
  return (
    <Section
      title="Rooms"
      note={boundedCount(total, 'room', 'rooms')}
      empty={rooms.length === 0 && 'No message of this partnership has been received.'}
      action={total.count > rooms.length && <SectionLink href={all}>All rooms</SectionLink>}
    >
      <ul>
        {rooms.map((room) => (
          <li
            key={room.uuid}
            className="relative border-b px-4 py-2.5 text-sm last:border-b-0 focus-within:bg-subtle hover:bg-subtle"
          >
            <Link
              href={roomHref(room)}
              prefetch={false}
              className="line-clamp-2 outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-(--ring)"
            >
              <LastWords room={room} />
            </Link>
            <p className="mt-0.5 flex justify-between gap-3 text-xs text-muted">
              <span>
                {formatCount(room.messageCount)} {room.messageCount === 1 ? 'message' : 'messages'}
                {room.attachmentCount > 0 &&
                  `, ${formatCount(room.attachmentCount)} ${room.attachmentCount === 1 ? 'file' : 'files'}`}
              </span>
              {room.lastMessageAt && <Time value={room.lastMessageAt} />}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function LastWords({ room }: { room: PartnershipRoom }) {
  if (room.lastMessageAt === null) return <em className="text-muted">No messages received</em>
  const author = authorName({
    firstName: room.authorFirstName,
    lastName: room.authorLastName,
    email: room.authorEmail,
  })
  const excerpt = visibleText(messageExcerpt(room.excerpt))
  return (
    <>
      <bdi className="font-medium">{author}</bdi>
      {': '}
      {excerpt !== null && <bdi className="text-muted">{excerpt}</bdi>}
      {excerpt === null && (
        <em className="text-muted">{room.lastMessageDeleted ? 'message deleted' : 'no text'}</em>
      )}
    </>
  )
}
