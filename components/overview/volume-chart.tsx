'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS_TEXT, TOOLTIP_STYLE } from '@/components/ui/chart-style'
import type { HourlyVolume } from '@/lib/queries/fill-hours'
import { formatCount, formatDateTime } from '@/lib/format'
import { VOLUME_SERIES } from './volume-series'

/** Stacked bars, one an hour. Hidden from screen readers, which get the table beside it. */
export function VolumeChart({ volume }: { volume: HourlyVolume[] }) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const manyDays = volume.length > 48
  const hours = volume.map((point) => ({ ...point, hour: new Date(point.hour).getTime() }))
  const tick = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    ...(manyDays
      ? { weekday: 'short', day: 'numeric' }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  })
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={hours}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={manyDays ? 0.5 : 2}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--border)" />
        <XAxis
          dataKey="hour"
          tickFormatter={(hour: number) => tick.format(hour)}
          interval={manyDays ? 23 : 'preserveStartEnd'}
          minTickGap={24}
          tickLine={false}
          axisLine={{ stroke: 'var(--border)' }}
          tick={AXIS_TEXT}
        />
        <YAxis
          allowDecimals={false}
          tickFormatter={(count: number) => formatCount(count)}
          width={44}
          tickLine={false}
          axisLine={false}
          tick={AXIS_TEXT}
        />
        <Tooltip
          cursor={{ fill: 'var(--subtle)' }}
          isAnimationActive={false}
          labelFormatter={(hour) => `From ${formatDateTime(new Date(Number(hour)), timeZone)}`}
          formatter={(count) => formatCount(Number(count))}
          {...TOOLTIP_STYLE}
        />
        {VOLUME_SERIES.map(({ key, label, color }) => (
          <Bar
            key={key}
            dataKey={key}
            name={label}
            stackId="hour"
            fill={color}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
