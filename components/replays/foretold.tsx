import { eventHref, replayHref } from '@/components/addresses'
import Link from 'next/link'
import { EVENT_STATUS } from '@/components/events/event-status'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Pager } from '@/components/ui/pager'
import { Stat } from '@/components/ui/stat'
import { formatCount } from '@/lib/format'
import type { DryRunReport, ReplayRunDetail } from '@/lib/queries/get-replay-run'
import type { ForetoldRow } from '@/lib/queries/list-foretold-rows'
import { FailureTable } from './failure-table'
import { ForetoldRows } from './foretold-rows'
import { TABLE_NAMES } from './replay-names'
import { shownRows, shownRowsText } from './shown-rows'
import { TableTabs } from './table-tabs'

type Props = {
  run: ReplayRunDetail
  report: DryRunReport
  table: string | undefined
  rows: { rows: ForetoldRow[]; nextCursor: string | null; previousCursor: string | null }
}

/** What a dry run has foretold: how many events, which rows and fields, which events would do nothing or fail. */
export function Foretold({ run, report, table, rows }: Props) {
  const changesRows = report.tables.some((each) => each.added + each.changed + each.removed > 0)
  return (
    <>
      <div className="mb-4 grid grid-cols-1 gap-3 sm:grid-cols-3">
        <Stat label="Would change something" value={report.changing} />
        <Stat
          label="Would change nothing"
          value={report.unchanging}
          hint={
            changesRows && report.changing === 0
              ? 'Of the rows below, totals are put right, which no event writes'
              : 'Superseded by newer events, or it is there already'
          }
        />
        <Stat label="Would fail" value={report.failing} />
      </div>
      <Rows run={run} report={report} table={table} rows={rows} />
      {report.superseded.length > 0 && <Superseded report={report} />}
      {report.failures.length > 0 && (
        <Card className="mb-4">
          <CardHeader>
            <CardTitle>{partOf('Would fail', report.failures.length, report.failing)}</CardTitle>
          </CardHeader>
          <CardBody flush>
            <FailureTable
              caption="Events that would fail"
              failures={report.failures.map((failure) => ({ ...failure }))}
            />
          </CardBody>
        </Card>
      )}
      <Card className="mb-4">
        <CardHeader>
          <CardTitle>Statuses of the events, which are no part of the pages</CardTitle>
        </CardHeader>
        <ul className="space-y-1 px-4 py-3 text-sm">
          {report.statuses.map(({ from, to, events }) => (
            <li key={`${from} ${to}`}>
              {formatCount(events)}:{' '}
              {from === to
                ? `stay ${EVENT_STATUS[to].label.toLowerCase()}`
                : `from ${EVENT_STATUS[from].label.toLowerCase()} to ${EVENT_STATUS[to].label.toLowerCase()}`}
            </li>
          ))}
          <li className="text-muted">Each event gets one more attempt, with your name.</li>
        </ul>
      </Card>
    </>
  )
}

function Rows({ run, report, table, rows }: Props) {
  const touched = report.tables
    .map((each) => ({ ...each, all: each.added + each.changed + each.removed }))
    .filter(({ all }) => all > 0)
  const all = touched.reduce((sum, each) => sum + each.all, 0)
  return (
    <div className="mb-4">
      <TableTabs path={replayHref(run.id)} tables={touched} table={table} />
      <Card>
        <CardHeader>
          <CardTitle>Rows that would change</CardTitle>
          <p className="text-xs text-muted">
            {shownRowsText(shownRows(touched, report.rowsShown, table))}
          </p>
        </CardHeader>
        {all === 0 ? (
          <EmptyState
            title="Nothing would change"
            description="The pages already show what these events say."
          />
        ) : (
          <ForetoldRows rows={rows.rows} />
        )}
      </Card>
      <Pager page={rows} label="Pages of rows" />
    </div>
  )
}

function Superseded({ report }: { report: DryRunReport }) {
  return (
    <Card className="mb-4">
      <CardHeader>
        <CardTitle>Superseded: newer events have written what these are about</CardTitle>
        {report.examined < report.events && (
          <p className="text-xs text-muted">Of the first {formatCount(report.examined)} events</p>
        )}
      </CardHeader>
      <CardBody flush>
        <DataTable
          caption="Events that newer ones supersede"
          rows={report.superseded}
          rowKey={(each) => each.id}
          rowHref={(each) => eventHref(each.id)}
          columns={[
            {
              key: 'event',
              header: 'Event',
              width: '14rem',
              cell: (each) => <bdi className="font-mono text-xs">{each.eventType}</bdi>,
            },
            {
              key: 'subject',
              header: 'About',
              cell: ({ subject }) => (
                <>
                  {TABLE_NAMES[subject.table]}:{' '}
                  <bdi className="font-mono text-xs [overflow-wrap:anywhere]">{subject.uuid}</bdi>
                </>
              ),
            },
            {
              key: 'by',
              header: 'Superseded by',
              width: '12rem',
              cell: ({ byId }) =>
                byId ? (
                  <Link href={eventHref(byId)} prefetch={false} className="underline">
                    a newer event
                  </Link>
                ) : (
                  '—'
                ),
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}

function partOf(title: string, shown: number, all: number): string {
  return shown < all ? `${title}: the first ${formatCount(shown)} of ${formatCount(all)}` : title
}
