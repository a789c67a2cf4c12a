import { PageHeaderSkeleton, TableSkeleton } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <>
      <PageHeaderSkeleton />
      <TableSkeleton rows={6} columns={5} />
    </>
  )
}
