import { clsx } from 'clsx'
import Link from 'next/link'
import { formatCount } from '@/lib/format'

export type Tab = { label: string; href: string; current: boolean; count?: number | bigint }

/** Tabs that are links: each view has an address. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="mb-4 overflow-x-auto border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              prefetch={false}
              aria-current={tab.current ? 'page' : undefined}
              className={clsx(
                '-mb-px flex h-9 items-center gap-1.5 border-b-2 px-2.5 text-sm whitespace-nowrap -outline-offset-2',
                tab.current
                  ? 'border-accent-solid font-medium text-foreground'
                  : 'border-transparent text-muted hover:text-foreground',
              )}
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="text-xs text-muted">{formatCount(tab.count)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
