import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import Link from 'next/link'

type Props = {
  label: string
  href: string
  /** The order that the list is in by this column; undefined when it is sorted by another. */
  sorted?: 'ascending' | 'descending'
  /** For a column that is aligned to its end: the arrow stands before the label. */
  atEnd?: boolean
}

/** A column's header that sorts the list, and turns the order round when it is sorted by it already. */
export function SortLink({ label, href, sorted, atEnd = false }: Props) {
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      className={clsx(
        'group/sort -mx-1 inline-flex h-6 items-center gap-1 rounded px-1 hover:text-foreground',
        atEnd && 'flex-row-reverse',
      )}
    >
      {label}
      <span className="sr-only">, sort {sorted ? 'the other way round' : 'by this'}</span>
      <Arrow
        aria-hidden
        className={
          sorted ? 'size-3 text-foreground' : 'size-3 opacity-0 group-hover/sort:opacity-60'
        }
      />
    </Link>
  )
}
