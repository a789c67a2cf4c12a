import { formatCount } from '@/lib/format'

/** How many owners have something in a field; "5,000+" where not all of them were looked at. */
export function FilledCount({ value }: { value: { count: number; exact: boolean } }) {
  if (value.count === 0 && value.exact) return <span className="text-muted">0</span>
  return (
    <span title={value.exact ? undefined : 'At least: not all values were counted.'}>
      {formatCount(value.count)}
      {!value.exact && '+'}
    </span>
  )
}
