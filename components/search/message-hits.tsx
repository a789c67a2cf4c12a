import { Paperclip } from 'lucide-react'
import Link from 'next/link'
import { messageHref } from '@/components/addresses'
import { authorName } from '@/components/rooms/author-name'
import { RelatedPartnership } from '@/components/rooms/related-partnership'
import { Time } from '@/components/ui/time'
import type { MessageHit } from '@/lib/queries/search-messages'
import { Highlighted } from './highlighted'

const LINK =
  'outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-(--ring)'

/** Messages that a search found: who said it, where and when, and the part in which it stands. */
export function MessageHits({ hits }: { hits: MessageHit[] }) {
  return (
    <ol aria-label="Messages found" className="overflow-hidden rounded-lg border bg-surface">
      {hits.map((hit) => (
        <li
          key={JSON.stringify([hit.companyUuid, hit.uuid])}
          className="relative space-y-1 border-b px-4 py-2.5 last:border-b-0 focus-within:bg-subtle hover:bg-subtle"
        >
          <div className="flex items-baseline justify-between gap-4 text-sm">
            <p className="line-clamp-1 min-w-0 break-all">
              <Author hit={hit} /> <span className="text-muted">in</span>{' '}
              <RelatedPartnership {...hit} />
            </p>
            <span className="shrink-0 text-xs text-muted">
              <Time value={hit.createdAt} />
            </span>
          </div>
          <p className="line-clamp-3 text-sm [overflow-wrap:anywhere] text-muted">
            {hit.snippet.length > 0 ? <Highlighted parts={hit.snippet} /> : <em>No text</em>}
          </p>
          {hit.files.length > 0 && (
            <ul
              aria-label="Files with a name that matches"
              className="flex flex-wrap gap-x-4 gap-y-1"
            >
              {hit.files.map((parts, index) => (
                <li key={index} className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
                  <Paperclip aria-hidden className="size-3.5 shrink-0" />
                  <span className="line-clamp-1 break-all">
                    <Highlighted parts={parts} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}

function Author({ hit }: { hit: MessageHit }) {
  const name = <bdi className="font-medium">{authorName(hit.author)}</bdi>
  if (hit.roomUuid === null) return name
  const href = messageHref({ ...hit, roomUuid: hit.roomUuid })
  return (
    <Link href={href} prefetch={false} className={LINK}>
      {name}
    </Link>
  )
}
