import { PageHeaderSkeleton, TableSkeleton } from '@/components/ui/skeleton'

/** The shape of a detail page that is on its way. */
export function DetailSkeleton() {
  return (
    <>
      <PageHeaderSkeleton />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
        <TableSkeleton rows={10} columns={2} />
        <TableSkeleton rows={5} columns={1} />
      </div>
    </>
  )
}
