import { ListSkeleton } from '@/components/data-grid/list-skeleton'

export default function Loading() {
  return <ListSkeleton />
}
