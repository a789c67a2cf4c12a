import { PageHeaderSkeleton, Skeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <PageHeaderSkeleton />
      <div className="overflow-hidden rounded-lg border bg-surface">
        {Array.from({ length: 10 }, (_, row) => (
          <div key={row} className="space-y-2 border-b px-4 py-3 last:border-b-0">
            <Skeleton className="h-3 w-1/3" />
            <Skeleton className="h-3 w-2/3" />
          </div>
        ))}
      </div>
    </div>
  )
}
