import { formatBoundedCount } from '@/lib/format'
import type { BoundedCount } from '@/lib/queries/count-up-to'

/** "1,204 contacts", or "10,000+ contacts" when they were not counted to the end. */
export function boundedCount(counted: BoundedCount, one: string, many: string): string {
  return `${formatBoundedCount(counted)} ${counted.exact && counted.count === 1 ? one : many}`
}
