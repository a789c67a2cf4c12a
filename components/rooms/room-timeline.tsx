import { MessagesSquare } from 'lucide-react'
import Link from 'next/link'
import { messageHref, roomHref } from '@/components/addresses'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { RoomMessages } from '@/lib/queries/list-room-messages'
import { JumpToDate } from './jump-to-date'
import { MessageFeed, type FeedProps } from './message-feed'
import { roomPageHref } from './room-addresses'

type Props = {
  room: { companyUuid: string; uuid: string }
  page: RoomMessages
  /** The message that the address asks for. */
  message?: string
  /** The page begins where the reader came from, so it opens at its top. */
  readsOn: boolean
  /** The day that the address asks for. */
  date?: string
  /** What in the address says where in the room the page is. */
  place: string
  reveal: FeedProps['reveal']
  markVisited: FeedProps['markVisited']
}

/** A room at the place that the address asks for. */
export function RoomTimeline(props: Props) {
  const { room, page, message, readsOn, date, place, reveal, markVisited } = props
  const { messages, olderCursor, newerCursor, target, elsewhere, anchor } = page
  const found = target === 'found' && message !== undefined
  return (
    <>
      {target === 'missing' && message !== undefined && (
        <p
          role="status"
          className="mb-3 rounded-md bg-warning-subtle px-3 py-2 text-sm text-warning"
        >
          {elsewhere === null ? (
            'The message in this address was not received. These are the newest ones.'
          ) : (
            <>
              The message in this address is{' '}
              <Link
                href={messageHref({
                  companyUuid: room.companyUuid,
                  roomUuid: elsewhere,
                  uuid: message,
                })}
                className="underline"
              >
                in another room
              </Link>
              . These are the newest ones here.
            </>
          )}
        </p>
      )}
      <div className="mb-2 flex min-h-7 items-center">
        <JumpToDate room={room} date={date} />
      </div>
      {messages.length === 0 && readsOn ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<MessagesSquare />}
            title="No newer messages"
            description="Messages show up here within a second of their event."
            actions={
              <Button asChild>
                <Link href={roomHref(room)}>Newest messages</Link>
              </Button>
            }
          />
        </div>
      ) : (
        <MessageFeed
          // Another place of the room is another feed: it opens there.
          key={place}
          room={room}
          page={{ messages, olderCursor, newerCursor }}
          target={found ? message : undefined}
          anchor={anchor}
          opensAt={readsOn ? 'start' : 'end'}
          reveal={reveal}
          markVisited={markVisited}
          before={
            olderCursor !== null && (
              <PageLink href={roomPageHref(room, 'before', olderCursor)} rel="prev">
                Older messages
              </PageLink>
            )
          }
          after={
            newerCursor !== null && (
              <PageLink href={roomPageHref(room, 'after', newerCursor)} rel="next">
                Newer messages
              </PageLink>
            )
          }
        />
      )}
    </>
  )
}

function PageLink(props: { href: string; rel: string; children: React.ReactNode }) {
  return (
    <div className="flex justify-center p-2">
      <Button size="sm" variant="ghost" asChild>
        <Link href={props.href} rel={props.rel} prefetch={false}>
          {props.children}
        </Link>
      </Button>
    </div>
  )
}
