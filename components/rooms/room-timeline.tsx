import { MessagesSquare } from 'lucide-react'
import Link from 'next/link'
import { messageAnchor, messageHref, roomHref } from '@/components/addresses'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { RoomMessages } from '@/lib/queries/list-room-messages'
import { MessageDays } from './message-days'
import { roomPageHref } from './room-addresses'
import { ScrollTo } from './scroll-to'

type Props = {
  room: { companyUuid: string; uuid: string }
  page: RoomMessages
  /** The message that the address asks for. */
  message?: string
  /** The page begins where the reader came from, so it opens at its top. */
  readsOn: boolean
}

const END = 'room-end'

/** A page of a room between its links to older and newer messages. */
export function RoomTimeline({ room, page, message, readsOn }: Props) {
  const { messages, olderCursor, newerCursor, target, elsewhere } = page
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
      <div className="rounded-lg border bg-surface">
        {messages.length === 0 && (
          <EmptyState
            icon={<MessagesSquare />}
            title={readsOn ? 'No newer messages' : 'No messages here'}
            description="Messages show up here within a second of their event."
          />
        )}
        {olderCursor !== null && (
          <PageLink href={roomPageHref(room, 'before', olderCursor)} rel="prev">
            Older messages
          </PageLink>
        )}
        <MessageDays messages={messages} room={room} target={found ? message : undefined} />
        {newerCursor !== null && (
          <PageLink href={roomPageHref(room, 'after', newerCursor)} rel="next">
            Newer messages
          </PageLink>
        )}
        <div id={END} />
      </div>
      {(newerCursor !== null || readsOn) && (
        <div className="mt-3 flex justify-end">
          <Button size="sm" asChild>
            <Link href={roomHref(room)} prefetch={false}>
              Newest messages
            </Link>
          </Button>
        </div>
      )}
      {found && <ScrollTo key={message} id={messageAnchor(message)} block="center" focus />}
      {target === 'none' && !readsOn && messages.length > 0 && (
        <ScrollTo key={messages.at(-1)?.uuid} id={END} block="end" />
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
