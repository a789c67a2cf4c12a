'use client'

import { useRouter } from 'next/navigation'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS_TEXT, TOOLTIP_STYLE } from '@/components/ui/chart-style'
import { formatCount } from '@/lib/format'

export type ChartBar = { label: string; count: number; href: string | null }

const MAX_TICK = 18
const ROW_PX = 26

type Props = {
  bars: ChartBar[]
  /** A histogram stands upright; names have more room beside lying bars. */
  upright: boolean
}

/** A click on a bar opens what is behind it. Hidden from screen readers, which get the table beside it. */
export function DistributionChart({ bars, upright }: Props) {
  const router = useRouter()
  const rows = bars.map((bar, place) => ({ ...bar, place }))
  const tick = (place: number) => cut(rows[place]?.label ?? '')
  const names = {
    dataKey: 'place',
    type: 'category',
    tickFormatter: tick,
    tickLine: false,
    axisLine: { stroke: 'var(--border)' },
    tick: AXIS_TEXT,
  } as const
  const counts = {
    type: 'number',
    allowDecimals: false,
    tickFormatter: (count: number) => formatCount(count),
    tickLine: false,
    axisLine: false,
    tick: AXIS_TEXT,
  } as const
  return (
    <ResponsiveContainer
      width="100%"
      height={upright ? 220 : Math.max(90, rows.length * ROW_PX + 40)}
    >
      <BarChart
        data={rows}
        layout={upright ? 'horizontal' : 'vertical'}
        margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
        barCategoryGap={upright ? 1 : 5}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={!upright} horizontal={upright} stroke="var(--border)" />
        {upright ? (
          <XAxis {...names} interval="preserveStartEnd" minTickGap={12} />
        ) : (
          <XAxis {...counts} />
        )}
        {upright ? <YAxis {...counts} width={44} /> : <YAxis {...names} width={120} interval={0} />}
        <Tooltip
          cursor={{ fill: 'var(--subtle)' }}
          isAnimationActive={false}
          labelFormatter={(place) => cut(rows[Number(place)]?.label ?? '', 80)}
          formatter={(count) => [formatCount(Number(count)), 'Count']}
          {...TOOLTIP_STYLE}
        />
        <Bar
          dataKey="count"
          fill="var(--accent-solid)"
          minPointSize={(count) => (count ? 2 : 0)}
          isAnimationActive={false}
          className="cursor-pointer"
          onClick={(_, place) => {
            const href = rows[place]?.href
            if (href) router.push(href)
          }}
        />
      </BarChart>
    </ResponsiveContainer>
  )
}

function cut(label: string, length = MAX_TICK): string {
  const characters = Array.from(label.replace(/\s+/gu, ' '))
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : label
}
