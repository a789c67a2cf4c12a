import { PageHeaderSkeleton, Skeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <PageHeaderSkeleton />
      <div className="space-y-4">
        <Skeleton className="h-28 w-full rounded-lg" />
        <div className="grid gap-4 lg:grid-cols-2">
          <Skeleton className="h-40 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
      </div>
    </div>
  )
}
