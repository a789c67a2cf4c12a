'use client'

import dynamic from 'next/dynamic'
import { Skeleton } from '@/components/ui/skeleton'

/** The chart without its library in the page's first load: the numbers are in the table already. */
export const LazyVolumeChart = dynamic(
  () => import('./volume-chart').then((module) => module.VolumeChart),
  { ssr: false, loading: () => <Skeleton className="h-full w-full" /> },
)
