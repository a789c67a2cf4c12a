import Link from 'next/link'
import { formatCount } from '@/lib/format'

type Props = {
  label: string
  value: number | bigint | string
  hint?: React.ReactNode
  href?: string
}

/** One number with its name. With an address the whole tile is the link. */
export function Stat({ label, value, hint, href }: Props) {
  const shown = typeof value === 'string' ? value : formatCount(value)
  return (
    <div className="relative min-w-0 rounded-lg border bg-surface px-4 py-3 has-[a:hover]:bg-subtle">
      <div className="text-xs text-muted">
        {href ? (
          <Link href={href} className="rounded after:absolute after:inset-0">
            {label}
          </Link>
        ) : (
          label
        )}
      </div>
      <div className="mt-0.5 text-2xl font-semibold tracking-tight">{shown}</div>
      {hint && <div className="mt-0.5 text-xs text-muted">{hint}</div>}
    </div>
  )
}
