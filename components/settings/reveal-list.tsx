import Link from 'next/link'
import { messageHref } from '@/components/addresses'
import { Time } from '@/components/ui/time'
import type { MessageReveal } from '@/lib/queries/list-message-reveals'

/** Who looked at the text of deleted messages. */
export function RevealList({ reveals }: { reveals: MessageReveal[] }) {
  if (reveals.length === 0) {
    return <p className="text-sm text-muted">Nobody has revealed a deleted text.</p>
  }
  return (
    <ul className="divide-y text-sm">
      {reveals.map(({ id, userEmail, revealedAt, messageUuid, ...room }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
          <bdi className="min-w-0 font-medium">{userEmail}</bdi>
          <Link
            href={messageHref({ ...room, uuid: messageUuid })}
            prefetch={false}
            className="line-clamp-1 min-w-0 py-1 text-accent underline-offset-2 hover:underline"
          >
            <bdi>{messageUuid}</bdi>
          </Link>
          <span className="text-xs text-muted">
            <Time value={revealedAt} show="absolute" />
          </span>
        </li>
      ))}
    </ul>
  )
}
