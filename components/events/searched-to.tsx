import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'
import type { FilterTexts } from '@/lib/event-filter/filter-fields'
import { eventsHref } from './event-addresses'

type Props = { time: Date; nextCursor: string | null; texts: FilterTexts }

/** How far back this page has looked, and the way further back. */
export function SearchedTo({ time, nextCursor, texts }: Props) {
  const href = eventsHref(texts)
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3 rounded-md border bg-subtle px-3 py-2 text-sm">
      <p className="min-w-0 flex-1">
        Nothing leads straight to such events, so they are looked for one by one. Searched to{' '}
        <Time value={time} show="absolute" />. A time, a type or a partnership makes it faster.
      </p>
      {nextCursor && (
        <Button size="sm" asChild>
          <Link
            href={`${href}${href.includes('?') ? '&' : '?'}after=${encodeURIComponent(nextCursor)}`}
            prefetch={false}
          >
            Search further back
          </Link>
        </Button>
      )}
    </div>
  )
}
