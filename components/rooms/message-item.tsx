import { clsx } from 'clsx'
import { MessagesSquare, ScrollText, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { eventHref, messageAnchor, messageHref } from '@/components/addresses'
import { Avatar } from '@/components/ui/avatar'
import { formatDateTime, SERVER_TIME_ZONE } from '@/lib/format'
import type { MessageDeletion, MessageReveals, RoomMessage } from '@/lib/queries/room-message'
import { authorName } from './author-name'
import { formatClock, formatClockBeside } from './format-clock'
import { MessageAttachments } from './message-attachments'
import { MessageBody } from './message-body'
import { ReplyQuote } from './reply-quote'
import { RevealText, type Reveal } from './reveal-text'
import { messageHistoryHref, roomTextHref, threadHref } from './room-addresses'

type Props = {
  message: RoomMessage
  room: { companyUuid: string; uuid: string }
  /** The first of its author's run says who wrote it; the others only when. */
  isFirstOfRun: boolean
  isTarget: boolean
  isParentOnPage: boolean
  /** In a thread the message stands below its parent and need not quote it. */
  quotesParent: boolean
  /** Given to those who may read what was deleted. */
  reveal?: Reveal
}

/** One message of a room, or the tombstone of a deleted one. */
export function MessageItem(props: Props) {
  const { message, room, isFirstOfRun, isTarget, isParentOnPage, quotesParent, reveal } = props
  const name = authorName(message.author)
  const moment = formatDateTime(message.createdAt, SERVER_TIME_ZONE)
  return (
    <article
      id={messageAnchor(message.uuid)}
      tabIndex={-1}
      aria-label={`${name}, ${moment}`}
      className={clsx(
        'group relative grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-2.5 rounded-md px-2 py-1 outline-none target:bg-accent-subtle sm:px-3',
        isFirstOfRun && 'mt-2',
        isTarget && 'bg-accent-subtle ring-1 ring-accent-solid ring-inset',
      )}
    >
      {isFirstOfRun ? (
        <div className="flex justify-center pt-0.5">
          <Avatar name={name} />
        </div>
      ) : (
        <MessageTime message={message} room={room} className="pt-0.5 text-end" />
      )}
      <div className="max-w-3xl min-w-0">
        {isFirstOfRun && (
          <header className="flex min-w-0 flex-wrap items-baseline gap-x-2 pe-8">
            <bdi className="line-clamp-1 min-w-0 font-medium">{name}</bdi>
            {message.author?.companyName && (
              <bdi className="line-clamp-1 min-w-0 text-xs text-muted">
                {message.author.companyName}
              </bdi>
            )}
            <MessageTime message={message} room={room} />
          </header>
        )}
        {quotesParent && message.parent && (
          <ReplyQuote parent={message.parent} room={room} isOnPage={isParentOnPage} />
        )}
        {message.deletion ? (
          <>
            <Tombstone deletion={message.deletion} sentAt={message.createdAt} />
            {message.reveals && <Revealed reveals={message.reveals} />}
            {reveal && <RevealText message={message} roomUuid={room.uuid} reveal={reveal} />}
          </>
        ) : (
          <>
            <MessageBody message={message} textHref={roomTextHref(room, message.uuid)} />
            <MessageAttachments message={message} />
          </>
        )}
        <Footer message={message} room={room} />
      </div>
      <EventLink eventId={message.eventId} />
    </article>
  )
}

// The time is the message's permanent link, as in other chats.
function MessageTime({
  message,
  room,
  className,
}: Pick<Props, 'message' | 'room'> & { className?: string }) {
  const { createdAt, uuid } = message
  const clock = formatClock(createdAt)
  return (
    <Link
      href={messageHref({ companyUuid: room.companyUuid, roomUuid: room.uuid, uuid })}
      prefetch={false}
      aria-label={`${clock}, link to this message`}
      className={clsx(
        'inline-block py-1 text-xs text-muted underline-offset-2 hover:underline',
        className,
      )}
    >
      <time dateTime={createdAt.toISOString()} title={formatDateTime(createdAt, SERVER_TIME_ZONE)}>
        {clock}
      </time>
    </Link>
  )
}

// The event's token names its user; the contract calls that the user of the message, so it is told as such
// only when it is known to be somebody.
function Tombstone({ deletion, sentAt }: { deletion: MessageDeletion; sentAt: Date }) {
  const by = deletion.by && (deletion.by.firstName || deletion.by.lastName || deletion.by.email)
  return (
    <p className="flex items-start gap-1.5 text-muted italic">
      <Trash2 aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>
        Message deleted
        {by && (
          <>
            {' '}
            by <bdi>{authorName(deletion.by)}</bdi>
          </>
        )}
        ,{' '}
        <time
          dateTime={deletion.at.toISOString()}
          title={formatDateTime(deletion.at, SERVER_TIME_ZONE)}
        >
          {formatClockBeside(deletion.at, sentAt)}
        </time>
      </span>
    </p>
  )
}

function Revealed({ reveals: { count, lastAt, lastBy } }: { reveals: MessageReveals }) {
  return (
    <p className="text-xs text-muted">
      Text revealed {count === 1 ? 'once' : `${count} times`}, last by <bdi>{lastBy}</bdi> on{' '}
      {formatDateTime(lastAt, SERVER_TIME_ZONE)}
    </p>
  )
}

function Footer({ message, room }: Pick<Props, 'message' | 'room'>) {
  const { editedAt, replyCount } = message
  if (!editedAt && replyCount === 0) return null
  return (
    <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-xs text-muted">
      {replyCount > 0 && (
        <Link
          href={threadHref(room, message.uuid)}
          prefetch={false}
          className="inline-flex items-center gap-1 rounded py-1 font-medium text-accent underline-offset-2 hover:underline"
        >
          <MessagesSquare aria-hidden className="size-3.5" />
          {replyCount === 1
            ? '1 reply'
            : `${replyCount}${replyCount >= 100 ? ' or more' : ''} replies`}
        </Link>
      )}
      {editedAt && (
        <Link
          href={messageHistoryHref(room, message.uuid)}
          prefetch={false}
          className="rounded py-1 underline-offset-2 hover:text-foreground hover:underline"
        >
          edited{' '}
          <time
            dateTime={editedAt.toISOString()}
            title={formatDateTime(editedAt, SERVER_TIME_ZONE)}
          >
            {formatClockBeside(editedAt, message.createdAt)}
          </time>
        </Link>
      )}
    </p>
  )
}

function EventLink({ eventId }: { eventId: string | null }) {
  if (eventId === null) return null
  return (
    <Link
      href={eventHref(eventId)}
      prefetch={false}
      aria-label="Event of this message"
      title="Event of this message"
      className="absolute end-2 top-1 flex size-6 items-center justify-center rounded-md border bg-surface text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:bg-subtle hover:text-foreground pointer-coarse:hidden"
    >
      <ScrollText aria-hidden className="size-3.5" />
    </Link>
  )
}
