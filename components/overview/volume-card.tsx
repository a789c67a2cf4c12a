import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { Tabs } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import { formatCount } from '@/lib/format'
import type { HourlyVolume } from '@/lib/queries/fill-hours'
import { LazyVolumeChart } from './lazy-volume-chart'
import { VOLUME_SERIES } from './volume-series'

type Range = '24h' | '7d'

/** Events an hour, as a chart and as a table. */
export function VolumeCard({ volume, range }: { volume: HourlyVolume[]; range: Range }) {
  const sums = VOLUME_SERIES.map(({ key }) => volume.reduce((sum, hour) => sum + hour[key], 0))
  const span = range === '24h' ? 'the last 24 hours' : 'the last 7 days'
  return (
    <Card aria-labelledby="volume-title">
      <CardHeader className="pb-0">
        <CardTitle id="volume-title">Events an hour</CardTitle>
        <div className="[&>nav]:mb-0 [&>nav]:border-b-0">
          <Tabs
            label="Time span"
            tabs={[
              { label: '24 hours', href: '/', current: range === '24h' },
              { label: '7 days', href: '/?range=7d', current: range === '7d' },
            ]}
          />
        </div>
      </CardHeader>
      <CardBody>
        <ul
          className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted"
          aria-label={`Sums of ${span}`}
        >
          {VOLUME_SERIES.map(({ key, label, color }, index) => (
            <li key={key} className="flex items-center gap-1.5">
              <span aria-hidden className="size-2 rounded-xs" style={{ background: color }} />
              {label}
              <span className="font-medium text-foreground">{formatCount(sums[index]!)}</span>
            </li>
          ))}
        </ul>
        <div className="h-48" aria-hidden>
          <LazyVolumeChart volume={volume} />
        </div>
        <details className="mt-3 text-xs">
          <summary className="inline-block rounded text-muted hover:text-foreground">
            Show as a table
          </summary>
          <div className="mt-2 max-h-80 overflow-y-auto rounded-md border">
            <VolumeTable volume={volume} span={span} />
          </div>
        </details>
      </CardBody>
    </Card>
  )
}

function VolumeTable({ volume, span }: { volume: HourlyVolume[]; span: string }) {
  return (
    <DataTable
      caption={`Events an hour over ${span}, newest first`}
      rows={[...volume].reverse()}
      rowKey={(row) => row.hour.toISOString()}
      minWidth="28rem"
      columns={[
        {
          key: 'hour',
          header: 'Hour from',
          cell: (row: HourlyVolume) => <Time value={row.hour} show="absolute" />,
        },
        ...VOLUME_SERIES.map(({ key, label }) => ({
          key,
          header: label,
          align: 'end' as const,
          cell: (row: HourlyVolume) => formatCount(row[key]),
        })),
      ]}
    />
  )
}
