import { clsx } from 'clsx'

export function Skeleton({ className, ...rest }: React.ComponentProps<'div'>) {
  return (
    <div aria-hidden className={clsx('animate-pulse rounded bg-border', className)} {...rest} />
  )
}

const WIDTHS = ['w-2/5', 'w-3/5', 'w-1/2', 'w-1/3', 'w-2/3']

/** The shape of a DataTable that is on its way. */
export function TableSkeleton({ rows = 12, columns = 4 }: { rows?: number; columns?: number }) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border bg-surface">
      <span className="sr-only">Loading</span>
      <div className="h-8 border-b bg-subtle" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-9 items-center gap-4 border-b px-4 last:border-b-0">
          {Array.from({ length: columns }, (_, column) => (
            <div key={column} className="flex-1">
              <Skeleton className={clsx('h-3', WIDTHS[(row * 2 + column) % WIDTHS.length])} />
            </div>
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
