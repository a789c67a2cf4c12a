import { clsx } from 'clsx'

export function Skeleton({ className, ...rest }: React.ComponentProps<'div'>) {
  return (
    <div aria-hidden className={clsx('animate-pulse rounded bg-border', className)} {...rest} />
  )
}

// Every list's first answer carries a hundred of these bars: what they look like is said by their row.
const ROW =
  'flex h-9 animate-pulse items-center gap-4 border-b px-4 last:border-b-0 *:h-3 *:flex-1 *:rounded ' +
  '*:bg-linear-to-r *:from-border *:from-60% *:to-transparent *:to-60% ' +
  'even:*:odd:from-40% even:*:odd:to-40% odd:*:even:from-75% odd:*:even:to-75%'

/** The shape of a DataTable that is on its way. */
export function TableSkeleton({ rows = 12, columns = 4 }: { rows?: number; columns?: number }) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border bg-surface">
      <span className="sr-only">Loading</span>
      <div className="h-8 border-b bg-subtle" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden className={ROW}>
          {Array.from({ length: columns }, (_, column) => (
            <i key={column} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** The shape of a page with a list of entries of two lines that is on its way. */
export function EntriesSkeleton({ rows = 10 }: { rows?: number }) {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <PageHeaderSkeleton />
      <div className="overflow-hidden rounded-lg border bg-surface">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="space-y-2 border-b px-4 py-3 last:border-b-0">
            <Skeleton className="h-3 w-1/3" />
            <Skeleton className="h-3 w-2/3" />
          </div>
        ))}
      </div>
    </div>
  )
}

/** The shape of a PageHeader that is on its way. */
export function PageHeaderSkeleton() {
  return (
    <div className="mb-4">
      <Skeleton className="mb-3 h-3 w-24" />
      <Skeleton className="h-6 w-56" />
    </div>
  )
}
