import Link from 'next/link'
import { eventHref } from '@/components/addresses'
import { formatDateTime, SERVER_TIME_ZONE } from '@/lib/format'
import type { Revision, TextPart } from '@/lib/queries/list-message-history'

/** What a message has said, the newest first, each beside what it said before. */
export function RevisionList({ revisions }: { revisions: Revision[] }) {
  return (
    <ol className="space-y-3">
      {revisions.toReversed().map((revision, index) => (
        <li key={revision.eventId} className="rounded-lg border bg-surface">
          <h2 className="flex flex-wrap items-center gap-x-3 border-b px-4 py-2 text-xs text-muted">
            <span className="font-medium text-foreground">
              {index === revisions.length - 1
                ? 'First text'
                : `Edit ${revisions.length - 1 - index}`}
            </span>
            <time dateTime={revision.at.toISOString()}>
              {formatDateTime(revision.at, SERVER_TIME_ZONE)}
            </time>
            <Link
              href={eventHref(revision.eventId)}
              prefetch={false}
              className="py-1 text-accent underline-offset-2 hover:underline"
            >
              Event
            </Link>
          </h2>
          <p className="px-4 py-3 [overflow-wrap:anywhere] whitespace-pre-wrap [unicode-bidi:plaintext]">
            {revision.parts.every((part) => part.text === '') && (
              <em className="text-muted">No text</em>
            )}
            {revision.parts.map((part, place) => (
              <Part key={place} {...part} />
            ))}
          </p>
          {revision.isCut && (
            <p className="px-4 pb-3 text-xs text-muted">Only its beginning is compared.</p>
          )}
        </li>
      ))}
    </ol>
  )
}

function Part({ text, change }: TextPart) {
  if (change === 'added') {
    return <ins className="rounded-sm bg-success-subtle text-success no-underline">{text}</ins>
  }
  if (change === 'removed') {
    return <del className="rounded-sm bg-danger-subtle text-danger">{text}</del>
  }
  return text
}
