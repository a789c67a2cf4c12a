import { ShieldCheck } from 'lucide-react'
import { EventChart } from '@/components/events/event-chart'
import { EventTabs } from '@/components/events/event-tabs'
import { RejectionTable } from '@/components/events/rejection-table'
import { SpanSelect } from '@/components/events/span-select'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { writeFilterTexts } from '@/lib/event-filter/filter-fields'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { readEventFilter } from '@/lib/event-filter/read-event-filter'
import { InvalidAddressError } from '@/lib/errors'
import { formatCount, SERVER_TIME_ZONE } from '@/lib/format'
import { orRefusal } from '@/lib/queries/or-refusal'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { rejectionHistory } from '@/lib/queries/rejection-history'

export const metadata = { title: 'Rejections' }

const PATH = '/events/rejections'
const DAY_MS = 86_400_000

export default async function RejectionsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const read = await orRefusal(() => readPage(params))
  if ('refusal' in read) {
    return <RefusedAddress reason={read.refusal} href={PATH} linkText="The last 24 hours" />
  }
  const { texts, history } = read.value
  const { total, buckets, bucketMs, reasons } = history
  const chosen = Object.keys(texts).length > 0
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Events', href: '/events' }]}
        title="Rejections"
        description="What was turned away at the door: counted by the minute and by reason, never stored, and kept for 90 days."
        actions={<SpanSelect texts={texts} path={PATH} usual="Last day" />}
      />
      <EventTabs current="rejections" />
      <EventChart
        texts={texts}
        bars={buckets.map(({ start, count }) => ({ startMs: start.getTime(), count }))}
        bucketMs={bucketMs}
        summary={`${formatCount(total)} ${total === 1 ? 'rejection' : 'rejections'} ${chosen ? 'in the chosen time' : 'in the last 24 hours'}`}
        timeZone={SERVER_TIME_ZONE}
        path={PATH}
        counted="Rejections"
      />
      <Card>
        {reasons.length > 0 ? (
          <RejectionTable reasons={reasons} />
        ) : (
          <EmptyState
            icon={<ShieldCheck />}
            title="Nothing was turned away"
            description="If events are missing all the same, they did not reach this server: check the address in JourneyBee, and whatever stands in between."
          />
        )}
      </Card>
    </>
  )
}

async function readPage(params: SearchParams) {
  const filter = readEventFilter(params)
  const texts = writeFilterTexts(filter)
  const other = Object.keys(texts).find((field) => !['within', 'from', 'to'].includes(field))
  if (other) {
    throw new InvalidAddressError(
      `Rejections can’t be filtered by “${other}”: nothing of such a delivery is trusted or kept.`,
    )
  }
  const { from, to = new Date() } = fixTimes(filter, new Date())
  return { texts, history: await rejectionHistory(from ?? new Date(to.getTime() - DAY_MS), to) }
}
