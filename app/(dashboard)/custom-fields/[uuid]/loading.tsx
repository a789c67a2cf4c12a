import { DetailSkeleton } from '@/components/partnerships/detail-skeleton'

export default function Loading() {
  return <DetailSkeleton />
}
