import { formatCount } from '@/lib/format'
import type { BoundedCount } from '@/lib/queries/count-up-to'

/** "1,204 contacts", or "10,000+ contacts" when they were not counted to the end. */
export function boundedCount({ count, exact }: BoundedCount, one: string, many: string): string {
  if (!exact) return `${formatCount(count)}+ ${many}`
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
