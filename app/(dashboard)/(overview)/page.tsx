import { headers } from 'next/headers'
import Link from 'next/link'
import { EventTable } from '@/components/events/event-table'
import { LiveRefresh } from '@/components/events/live-refresh'
import { LagCard } from '@/components/overview/lag-card'
import { Onboarding } from '@/components/overview/onboarding'
import { RejectionsCard } from '@/components/overview/rejections-card'
import { Totals } from '@/components/overview/totals'
import { TroublesCard } from '@/components/overview/troubles-card'
import { VolumeCard } from '@/components/overview/volume-card'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { env } from '@/lib/env'
import { recentTotals } from '@/lib/queries/count-totals'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { eventVolume, isVolumeRange } from '@/lib/queries/event-volume'
import { listEvents } from '@/lib/queries/list-events'
import { listRejections } from '@/lib/queries/list-rejections'
import { listTroubles } from '@/lib/queries/list-troubles'
import { projectorLag } from '@/lib/queries/projector-lag'
import { sampleCurl } from '@/lib/runtime/sample-curl'
import { isLocalAddress, webhookAddress } from '@/lib/webhook-address'
import { sendSampleEvents } from '../send-sample-events'

export const metadata = { title: 'Overview' }

const RECENT = 8

export default async function OverviewPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const asked = (await props.searchParams).range ?? '24h'
  const range = typeof asked === 'string' && isVolumeRange(asked) ? asked : null
  if (range === null) return <UnknownRange />

  const recent = await listEvents(EVERY_EVENT, {}, RECENT)
  if (recent.rows.length === 0) return <EmptyOverview />

  const [totals, volume, troubles, rejections, lag] = await Promise.all([
    recentTotals(),
    eventVolume(range),
    listTroubles(),
    listRejections(),
    projectorLag(),
  ])
  return (
    <>
      <PageHeader title="Overview" actions={<LiveRefresh />} />
      <div className="space-y-4">
        <Totals totals={totals} />
        <VolumeCard volume={volume} range={range} />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
          <div className="min-w-0 space-y-4">
            <Card aria-labelledby="recent-title">
              <CardHeader>
                <CardTitle id="recent-title">Last events</CardTitle>
                <Link
                  href="/events"
                  className="text-xs text-accent underline-offset-2 hover:underline"
                >
                  All events
                </Link>
              </CardHeader>
              <CardBody flush>
                <EventTable compact events={recent.rows} caption="Newest events" />
              </CardBody>
            </Card>
            <TroublesCard troubles={troubles} />
          </div>
          <div className="min-w-0 space-y-4">
            <LagCard lag={lag} />
            <RejectionsCard rejections={rejections} />
          </div>
        </div>
      </div>
    </>
  )
}

async function EmptyOverview() {
  const webhookUrl = webhookAddress(await headers(), env())
  const [rejections, curl] = await Promise.all([
    listRejections(),
    sampleCurl(webhookUrl, env().INTEGRATION_UUID[0]!),
  ])
  return (
    <>
      <PageHeader title="Overview" actions={<LiveRefresh />} />
      <Onboarding
        webhookUrl={webhookUrl}
        curl={curl}
        isLocal={isLocalAddress(webhookUrl)}
        sendSamples={sendSampleEvents}
      />
      <RejectionsCard rejections={rejections} />
    </>
  )
}

function UnknownRange() {
  return (
    <ErrorState
      title="This address leads nowhere"
      description="The chart shows the range 24h or 7d."
      actions={
        <Button asChild>
          <Link href="/">Overview</Link>
        </Button>
      }
    />
  )
}
