import { PageHeaderSkeleton, Skeleton } from '@/components/ui/skeleton'

const WIDTHS = ['w-2/3', 'w-1/2', 'w-3/4', 'w-2/5', 'w-3/5', 'w-1/3']

export default function Loading() {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <PageHeaderSkeleton />
      <div className="space-y-6 rounded-lg border bg-surface p-4">
        {WIDTHS.map((width) => (
          <div key={width} className="flex gap-3">
            <Skeleton className="size-7 rounded-full" />
            <div className="flex-1 space-y-2">
              <Skeleton className="h-3 w-32" />
              <Skeleton className={`h-3 ${width}`} />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
