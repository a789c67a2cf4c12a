'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '@/components/ui/skeleton'

/** The chart without its library in the page's first load: the numbers are in the table beside it. */
export const LazyDistributionChart = dynamic(
  () => import('./distribution-chart').then((module) => module.DistributionChart),
  { ssr: false, loading: () => <Skeleton className="h-52 w-full" /> },
)
