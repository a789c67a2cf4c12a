import { boundedCount } from '@/components/partnerships/bounded-count'
import type { BoundedCount } from '@/lib/queries/count-up-to'

type Counted = { total: BoundedCount; matches: BoundedCount | null }

/** "12 of 1,204 partnerships", or how many there are when nothing is asked for. */
export function ListCounts({ list, one, many }: { list: Counted; one: string; many: string }) {
  const all = boundedCount(list.total, one, many)
  return <>{list.matches ? `${boundedCount(list.matches, 'match', 'matches')} in ${all}` : all}</>
}
