import { MessageSquare, Paperclip } from 'lucide-react'
import Link from 'next/link'
import { roomHref } from '@/components/addresses'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { formatBoundedCount, formatCount } from '@/lib/format'
import type { LastMessage, RoomRow } from '@/lib/queries/list-rooms'
import { authorName } from './author-name'
import { messageExcerpt } from './message-excerpt'
import { RelatedPartnership } from './related-partnership'

/** Rooms like an inbox: whose it is, what was said last, by whom and when. */
export function RoomList({ rooms }: { rooms: RoomRow[] }) {
  return (
    <ul aria-label="Rooms" className="overflow-hidden rounded-lg border bg-surface">
      {rooms.map((room) => (
        <li
          key={JSON.stringify([room.companyUuid, room.uuid])}
          className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 border-b px-4 py-2.5 last:border-b-0 focus-within:bg-subtle hover:bg-subtle"
        >
          <div className="flex min-w-0 items-center gap-2">
            <Link
              href={roomHref(room)}
              prefetch={false}
              className={`line-clamp-1 min-w-0 ${room.unread.count > 0 ? 'font-semibold' : 'font-normal'} outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-(--ring)`}
            >
              <RelatedPartnership {...room} />
            </Link>
            {room.partnerType && (
              <Badge className="shrink-0">
                <bdi className="max-w-32 truncate">{room.partnerType}</bdi>
              </Badge>
            )}
            <Unread count={room.unread} />
          </div>
          <div className="text-end text-xs text-muted">
            {room.lastMessage && <Time value={room.lastMessage.createdAt} />}
          </div>
          <p className="line-clamp-1 min-w-0 text-sm text-muted">
            <LastWords message={room.lastMessage} />
          </p>
          <p className="flex items-center justify-end gap-3 text-xs text-muted">
            <Count icon={<MessageSquare />} count={room.messageCount} of="message" />
            {room.attachmentCount > 0 && (
              <Count icon={<Paperclip />} count={room.attachmentCount} of="file" />
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}

function Unread({ count }: { count: RoomRow['unread'] }) {
  if (count.count === 0) return null
  return (
    <Badge tone="accent" className="shrink-0" title="Unread since your last visit">
      {formatBoundedCount(count)} <span className="sr-only">unread</span>
    </Badge>
  )
}

function LastWords({ message }: { message: LastMessage | null }) {
  if (!message) return <>No messages received</>
  const author = (
    <bdi className="text-foreground">
      {authorName({
        firstName: message.authorFirstName,
        lastName: message.authorLastName,
        email: message.authorEmail,
      })}
    </bdi>
  )
  if (message.deleted) {
    return (
      <>
        {author}: <em>message deleted</em>
      </>
    )
  }
  const excerpt = messageExcerpt(message.excerpt)
  if (excerpt !== '') {
    return (
      <>
        {author}: <bdi>{excerpt}</bdi>
      </>
    )
  }
  return (
    <>
      {author}: <em>{message.attachmentCount > 0 ? 'attachment' : 'no text'}</em>
    </>
  )
}

function Count(props: { icon: React.ReactNode; count: number; of: string }) {
  return (
    <span
      className="inline-flex items-center gap-1 [&_svg]:size-3.5"
      title={`${formatCount(props.count)} ${props.of}${props.count === 1 ? '' : 's'}`}
    >
      <span aria-hidden>{props.icon}</span>
      {formatCount(props.count)}
      <span className="sr-only">
        {' '}
        {props.of}
        {props.count === 1 ? '' : 's'}
      </span>
    </span>
  )
}
