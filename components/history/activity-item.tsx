import { MessageSquare, PackageOpen, Pencil, UserRound } from 'lucide-react'
import Link from 'next/link'
import { contactHref, eventHref, messageHref, partnershipTabHref } from '@/components/addresses'
import { ContactName } from '@/components/contacts/contact-name'
import { EventStatusBadge } from '@/components/events/event-status-badge'
import { EVENT_STATUS } from '@/components/events/event-status'
import { visibleText } from '@/components/partnerships/visible-text'
import { authorName } from '@/components/rooms/author-name'
import { messageExcerpt } from '@/components/rooms/message-excerpt'
import { Badge } from '@/components/ui/badge'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { ContactChange, EventContent, VersionChange } from '@/lib/queries/describe-events'
import type { ActivityEntry } from '@/lib/queries/list-partnership-activity'
import type { RecordKey } from '@/lib/queries/record-key'
import { ActorName } from './actor-name'
import { ChangeList } from './change-list'

const LINK = 'text-accent underline-offset-2 hover:underline'

type Props = {
  partnership: RecordKey
  entry: ActivityEntry
  /** How many of its changes were passed over. */
  skip?: number
}

/** An event in a partnership's history: what it changed, who sent it, when, and which event it is. */
export function ActivityItem({ partnership, entry, skip = 0 }: Props) {
  const moreHref = (shown: number) =>
    partnershipTabHref(partnership, 'activity', { event: entry.id, from: String(skip + shown) })
  return (
    <li className="flex gap-3 border-b px-4 py-3 text-sm last:border-b-0">
      <Icon kind={entry.content.kind} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <Title entry={entry} />
        </div>
        <Details entry={entry} moreHref={moreHref} />
        <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-muted">
          <Time value={entry.at} />
          <span className="flex min-w-0 gap-1">
            by <ActorName actor={entry.actor} userUuid={entry.userUuid} />
          </span>
          <Link href={eventHref(entry.id)} prefetch={false} className={`${LINK} font-mono`}>
            <bdi>{entry.eventType}</bdi>
          </Link>
          <Link
            href={partnershipTabHref(partnership, 'as-of', { asOf: entry.id })}
            prefetch={false}
            className={LINK}
          >
            As of this event
          </Link>
        </p>
      </div>
    </li>
  )
}

const ICONS: Record<EventContent['kind'], typeof Pencil> = {
  partnership: Pencil,
  contacts: UserRound,
  message: MessageSquare,
  large: PackageOpen,
  nothing: PackageOpen,
}

function Icon({ kind }: { kind: EventContent['kind'] }) {
  const Shape = ICONS[kind]
  return <Shape aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
}

const MESSAGE_WORDS: Record<string, string> = {
  message_created: 'Message',
  message_updated: 'Message edited',
  message_deleted: 'Message deleted',
}

function Title({ entry: { content, eventType, status } }: { entry: ActivityEntry }) {
  switch (content.kind) {
    case 'partnership':
      return (
        <>
          <h3 className="font-medium">{content.first ? 'First version' : 'Profile'}</h3>
          <LateBadge late={content.late} />
        </>
      )
    case 'contacts':
      return <h3 className="font-medium">{content.contacts.length > 1 ? 'Contacts' : 'Contact'}</h3>
    case 'message':
      return (
        <h3 className="font-medium">
          {MESSAGE_WORDS[eventType] ?? 'Message'} by <bdi>{authorName(content.author)}</bdi>
        </h3>
      )
    case 'large':
      return <h3 className="font-medium">Large event</h3>
    case 'nothing':
      return (
        <>
          <h3 className="font-medium">No effect</h3>
          <EventStatusBadge status={status} />
        </>
      )
  }
}

type MoreHref = (shown: number) => string

function Details({ entry, moreHref }: { entry: ActivityEntry; moreHref: MoreHref }) {
  const { content, companyUuid } = entry
  switch (content.kind) {
    case 'partnership':
      return (
        <Change
          companyUuid={companyUuid}
          change={content}
          receivedAt={entry.receivedAt}
          moreHref={moreHref}
        />
      )
    case 'contacts':
      return (
        <ul className="mt-1 grid gap-2">
          {content.contacts.map((contact) => (
            <ContactDetails
              key={contact.uuid}
              entry={entry}
              contact={contact}
              moreHref={moreHref}
            />
          ))}
          {content.more > 0 && (
            <li className="text-xs text-muted">and {formatCount(content.more)} more contacts</li>
          )}
        </ul>
      )
    case 'message':
      return <MessageDetails entry={entry} content={content} />
    case 'large':
      return (
        <p className="mt-0.5">
          <span className="text-muted">It is not compared here with the version before it.</span>{' '}
          <Link href={moreHref(0)} prefetch={false} className={LINK}>
            What it changed
          </Link>
        </p>
      )
    case 'nothing':
      return <NoEffect entry={entry} />
  }
}

type ChangeProps = {
  companyUuid: string
  change: VersionChange
  receivedAt: Date
  moreHref: MoreHref
}

function Change({ companyUuid, change, receivedAt, moreHref }: ChangeProps) {
  return (
    <div className="mt-1">
      <ChangeList
        companyUuid={companyUuid}
        diff={change.diff}
        first={change.first}
        moreHref={moreHref(change.diff.changes.length)}
      />
      {change.late && (
        <p className="mt-1 text-xs text-warning">
          It came <Time value={receivedAt} />, after a later version, and so changed nothing that
          was shown.
        </p>
      )}
    </div>
  )
}

function LateBadge({ late }: { late: boolean }) {
  return late ? <Badge tone="amber">Arrived late</Badge> : null
}

type ContactProps = { entry: ActivityEntry; contact: ContactChange; moreHref: MoreHref }

function ContactDetails({ entry, contact, moreHref }: ContactProps) {
  const { companyUuid, receivedAt } = entry
  return (
    <li>
      <p className="flex flex-wrap items-center gap-2">
        <Link
          href={contactHref({ companyUuid, uuid: contact.uuid })}
          prefetch={false}
          className={LINK}
        >
          <ContactName contact={contact} />
        </Link>
        {contact.first && <span className="text-xs text-muted">first version</span>}
        <LateBadge late={contact.late} />
      </p>
      <Change
        companyUuid={companyUuid}
        change={contact}
        receivedAt={receivedAt}
        moreHref={moreHref}
      />
    </li>
  )
}

type MessageProps = { entry: ActivityEntry; content: EventContent & { kind: 'message' } }

function MessageDetails({ entry, content }: MessageProps) {
  const { companyUuid, roomUuid, messageUuid } = entry
  const excerpt = visibleText(messageExcerpt(content.excerpt, 280))
  return (
    <div className="mt-0.5">
      {excerpt && <bdi className="line-clamp-3 text-left">{excerpt}</bdi>}
      {!excerpt && (
        <em className="text-muted">{content.deletedSince ? 'Deleted since' : 'No text'}</em>
      )}
      <p className="flex flex-wrap gap-x-3 text-xs text-muted">
        {content.fileCount > 0 && (
          <span>
            {formatCount(content.fileCount)} {content.fileCount === 1 ? 'file' : 'files'}
          </span>
        )}
        {roomUuid && messageUuid && (
          <Link
            href={messageHref({ companyUuid, roomUuid, uuid: messageUuid })}
            prefetch={false}
            className={LINK}
          >
            In its room
          </Link>
        )}
      </p>
    </div>
  )
}

function NoEffect({ entry: { status, duplicateOfId, errorMessage } }: { entry: ActivityEntry }) {
  return (
    <div className="mt-0.5 text-muted">
      <p>
        {status === 'applied'
          ? 'Its body does not fit what Waggle understands today.'
          : EVENT_STATUS[status].meaning}{' '}
        {duplicateOfId && (
          <Link href={eventHref(duplicateOfId)} prefetch={false} className={LINK}>
            The first delivery
          </Link>
        )}
      </p>
      {errorMessage && (
        <p className="text-xs">
          <bdi>{errorMessage}</bdi>
        </p>
      )}
    </div>
  )
}
