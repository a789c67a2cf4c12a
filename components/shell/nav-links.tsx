'use client'

import { useState } from 'react'
import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { NavIcon } from './nav-icon'
import { isWithin, NAV_ITEMS } from './nav-items'

export function NavLinks() {
  const pathname = usePathname()
  // A page is prepared once somebody points at its link: all of them at once would hold up the page that opens.
  const [pointedAt, setPointedAt] = useState<string>()
  return (
    <nav aria-label="Main">
      <ul className="space-y-px">
        {NAV_ITEMS.map((item) => {
          const current = isWithin(pathname, item.href)
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                prefetch={pointedAt === item.href ? null : false}
                onPointerEnter={() => setPointedAt(item.href)}
                onFocus={() => setPointedAt(item.href)}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  'flex h-8 items-center gap-2.5 rounded-md px-2 text-sm max-md:h-10',
                  current
                    ? 'bg-accent-subtle font-medium text-accent'
                    : 'text-muted hover:bg-subtle hover:text-foreground',
                )}
              >
                <NavIcon icon={item.icon} />
                {item.label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
