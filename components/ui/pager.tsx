'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Button } from './button'

type Props = { page: { nextCursor: string | null; previousCursor: string | null }; label?: string }

/** Leads to the page after and before: `?after=` and `?before=`; the other search params stay. Nothing when all is shown. */
export function Pager({ page, label = 'Pages' }: Props) {
  const pathname = usePathname()
  const params = useSearchParams()
  if (page.nextCursor === null && page.previousCursor === null) return null

  function hrefTo(direction: 'after' | 'before', cursor: string): string {
    const next = new URLSearchParams(params)
    next.delete('after')
    next.delete('before')
    next.set(direction, cursor)
    return `${pathname}?${next}`
  }

  return (
    <nav aria-label={label} className="flex items-center justify-end gap-2 pt-3">
      <Step href={page.previousCursor && hrefTo('before', page.previousCursor)} rel="prev">
        <ChevronLeft aria-hidden /> Previous
      </Step>
      <Step href={page.nextCursor && hrefTo('after', page.nextCursor)} rel="next">
        Next <ChevronRight aria-hidden />
      </Step>
    </nav>
  )
}

function Step(props: { href: string | null; rel: string; children: React.ReactNode }) {
  if (!props.href) {
    return (
      <Button size="sm" disabled>
        {props.children}
      </Button>
    )
  }
  return (
    <Button size="sm" asChild>
      <Link href={props.href} rel={props.rel} prefetch={false}>
        {props.children}
      </Link>
    </Button>
  )
}
