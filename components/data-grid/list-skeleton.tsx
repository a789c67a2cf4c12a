'use client'

import { PageHeaderSkeleton, Skeleton, TableSkeleton } from '@/components/ui/skeleton'
import { ListLayout } from './list-layout'

/** The shape of a ListPage that is on its way. Drawn from its name: every page of a list would carry it twice else. */
export function ListSkeleton({ columns = 7 }: { columns?: number }) {
  return (
    <ListLayout>
      <PageHeaderSkeleton />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Skeleton className="h-8 w-full sm:w-72" />
        <Skeleton className="h-8 w-20" />
        <span className="flex-1" />
        <Skeleton className="h-8 w-20" />
        <Skeleton className="h-8 w-20" />
      </div>
      <TableSkeleton rows={15} columns={columns} />
    </ListLayout>
  )
}
