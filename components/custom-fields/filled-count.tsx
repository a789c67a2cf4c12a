import { formatCount } from '@/lib/format'

/** How many owners have something in a field. */
export function FilledCount({ value }: { value: number }) {
  if (value === 0) return <span className="text-muted">0</span>
  return <>{formatCount(value)}</>
}
