import { CornerDownRight } from 'lucide-react'
import Link from 'next/link'
import { messageAnchor, messageHref } from '@/components/addresses'
import type { ParentMessage } from '@/lib/queries/room-message'
import { authorName } from './author-name'
import { messageExcerpt } from './message-excerpt'

type Props = {
  parent: ParentMessage
  room: { companyUuid: string; uuid: string }
  /** The parent is on this page, so that the link need not leave it. */
  isOnPage: boolean
}

/** What a message replies to: its author and first words, or why they can't be shown. */
export function ReplyQuote({ parent, room, isOnPage }: Props) {
  if (!parent.received) {
    return <Quote>Replies to a message that was not received</Quote>
  }
  const roomUuid = parent.roomUuid ?? room.uuid
  const href = isOnPage
    ? `#${encodeURIComponent(messageAnchor(parent.uuid))}`
    : messageHref({ companyUuid: room.companyUuid, roomUuid, uuid: parent.uuid })
  const author = <bdi className="font-medium">{authorName(parent.author)}</bdi>
  return (
    <Quote>
      <ParentLink href={href} isOnPage={isOnPage}>
        {parent.deleted ? (
          <>Replies to a deleted message of {author}</>
        ) : (
          <>
            <span className="sr-only">Replies to </span>
            {author} <bdi>{excerptOf(parent)}</bdi>
          </>
        )}
      </ParentLink>
      {roomUuid !== room.uuid && <span> (in another room)</span>}
    </Quote>
  )
}

function excerptOf(parent: ParentMessage): string {
  const excerpt = messageExcerpt(parent.excerpt)
  if (excerpt !== '') return excerpt
  return parent.attachmentCount > 0 ? 'Attachment' : 'No text'
}

// A browser marks the target of an address's fragment only when it follows the link itself.
function ParentLink(props: { href: string; isOnPage: boolean; children: React.ReactNode }) {
  const className = 'py-1 underline-offset-2 hover:text-foreground hover:underline'
  return props.isOnPage ? (
    <a href={props.href} className={className}>
      {props.children}
    </a>
  ) : (
    <Link href={props.href} prefetch={false} className={className}>
      {props.children}
    </Link>
  )
}

function Quote({ children }: { children: React.ReactNode }) {
  return (
    <p className="my-1 flex min-w-0 items-start gap-1.5 text-sm text-muted">
      <CornerDownRight aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="line-clamp-2 min-w-0">{children}</span>
    </p>
  )
}
