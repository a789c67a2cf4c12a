import Link from 'next/link'
import { eventHref } from '@/components/addresses'
import { FileIcon } from '@/components/attachments/file-icon'
import { FileLink } from '@/components/attachments/file-link'
import { formatBytes, formatCount } from '@/lib/format'
import type { RoomMessage } from '@/lib/queries/room-message'

/** The files of a message; beyond the first twenty their number, and the event that holds them all. */
export function MessageAttachments({ message }: { message: RoomMessage }) {
  const { attachments, attachmentCount, eventId } = message
  if (attachments.length === 0) return null
  const more = attachmentCount - attachments.length
  return (
    <ul aria-label="Attachments" className="mt-2 flex max-w-xl flex-col gap-1">
      {attachments.map((attachment) => (
        <li
          key={attachment.uuid}
          className="flex items-center gap-2 rounded-md border bg-surface px-2.5 py-1.5 text-sm"
        >
          <FileIcon mimeType={attachment.mimeType} fileName={attachment.fileName} />
          <span className="min-w-0 flex-1">
            <FileLink
              {...attachment}
              companyUuid={message.companyUuid}
              messageUuid={message.uuid}
            />
          </span>
          <span className="shrink-0 text-xs text-muted">
            {attachment.fileSize === null ? 'Size unknown' : formatBytes(attachment.fileSize)}
          </span>
        </li>
      ))}
      {more > 0 && (
        <li className="text-xs text-muted">
          {formatCount(more)} more{' '}
          {eventId && (
            <Link href={eventHref(eventId)} prefetch={false} className="text-accent underline">
              in the event
            </Link>
          )}
        </li>
      )}
    </ul>
  )
}
