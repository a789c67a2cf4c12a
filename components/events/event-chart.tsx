'use client'

import { useRef, useState } from 'react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { formatCount, formatDateTime } from '@/lib/format'
import type { FilterTexts } from '@/lib/event-filter/filter-fields'
import { eventsHref, withTimes } from './event-addresses'

type Bar = { startMs: number; count: number }

type Props = {
  texts: FilterTexts
  bars: Bar[]
  bucketMs: number
  /** What the bars add up to, in words. */
  summary: string
  timeZone: string
  /** The list that it belongs to, and what is in it. */
  path?: string
  counted?: string
}

const HEIGHT = 56

/** Events over the chosen time. A click on a bar, or a drag over some, chooses that time; so does the table. */
export function EventChart({ texts, bars, bucketMs, summary, timeZone, ...list }: Props) {
  const { path, counted = 'Events' } = list
  const router = useRouter()
  const chart = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const [hover, setHover] = useState<number | null>(null)
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const shown = hover === null ? undefined : bars[hover]

  function hrefOf(first: number, last: number): string {
    const start = bars[Math.min(first, last)]!.startMs
    const end = bars[Math.max(first, last)]!.startMs + bucketMs
    return eventsHref(withTimes(texts, start, end), path)
  }

  function barAt(event: React.PointerEvent): number {
    const { left, width } = chart.current!.getBoundingClientRect()
    const at = Math.floor(((event.clientX - left) / width) * bars.length)
    return Math.min(bars.length - 1, Math.max(0, at))
  }

  const nameOf = ({ startMs }: Bar) => formatDateTime(new Date(startMs), timeZone)
  return (
    <figure className="mb-3 rounded-lg border bg-surface px-3 pt-2 pb-1.5">
      <figcaption className="flex flex-wrap justify-between gap-x-4 text-xs text-muted">
        <span>{summary}</span>
        <span aria-hidden className="tabular-nums">
          {shown ? `From ${nameOf(shown)}: ${formatCount(shown.count)}` : ' '}
        </span>
      </figcaption>
      <div
        ref={chart}
        aria-hidden
        className="mt-1 flex cursor-crosshair touch-pan-y items-end select-none"
        style={{ height: HEIGHT }}
        data-testid="event-chart"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag({ from: barAt(event), to: barAt(event) })
        }}
        onPointerMove={(event) => {
          const at = barAt(event)
          setHover(at)
          if (drag) setDrag({ ...drag, to: at })
        }}
        onPointerUp={() => {
          if (drag) router.push(hrefOf(drag.from, drag.to))
          setDrag(null)
        }}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={() => setHover(null)}
      >
        {bars.map(({ startMs, count }, at) => (
          <span
            key={startMs}
            className={`flex h-full min-w-0 flex-1 items-end px-px ${isIn(drag, at) ? 'bg-accent-subtle' : hover === at ? 'bg-subtle' : ''}`}
          >
            <span
              className="w-full rounded-t-xs bg-accent-solid"
              style={{ height: count === 0 ? 0 : Math.max(2, (count / most) * (HEIGHT - 4)) }}
            />
          </span>
        ))}
      </div>
      <div className="flex justify-between border-t pt-1 text-xs text-muted">
        <span>{bars[0] && nameOf(bars[0])}</span>
        <details className="group text-end">
          <summary className="cursor-pointer hover:text-foreground">Show as a table</summary>
          <Table bars={bars} counted={counted} nameOf={nameOf} hrefOf={(at) => hrefOf(at, at)} />
        </details>
      </div>
    </figure>
  )
}

function isIn(drag: { from: number; to: number } | null, at: number): boolean {
  return drag !== null && at >= Math.min(drag.from, drag.to) && at <= Math.max(drag.from, drag.to)
}

type TableProps = {
  bars: Bar[]
  counted: string
  nameOf: (bar: Bar) => string
  hrefOf: (at: number) => string
}

function Table({ bars, counted, nameOf, hrefOf }: TableProps) {
  const caption = `${counted} over time`
  return (
    <div className="max-h-56 overflow-y-auto" role="group" aria-label={caption} tabIndex={0}>
      <table className="text-start">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="pe-4 text-start font-medium">
              From
            </th>
            <th scope="col" className="text-end font-medium">
              {counted}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar, at) => (
            <tr key={bar.startMs}>
              <td className="pe-4">
                <Link
                  href={hrefOf(at)}
                  prefetch={false}
                  className="underline-offset-2 hover:text-foreground hover:underline"
                >
                  {nameOf(bar)}
                </Link>
              </td>
              <td className="text-end tabular-nums">{formatCount(bar.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
