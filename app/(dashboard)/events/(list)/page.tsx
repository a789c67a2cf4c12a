import Link from 'next/link'
import { SearchX, Webhook } from 'lucide-react'
import { newRedeliveryHref } from '@/components/addresses'
import { eventsHref } from '@/components/events/event-addresses'
import { EventChart } from '@/components/events/event-chart'
import { EventFilterBar } from '@/components/events/event-filter-bar'
import { EventList } from '@/components/events/event-list'
import { EVENT_COLUMNS, eventListRow } from '@/components/events/event-rows'
import { EventTabs } from '@/components/events/event-tabs'
import { histogramSummary } from '@/components/events/histogram-summary'
import { LiveEvents, LiveEventsToggle, WaitingEventsButton } from '@/components/events/live-events'
import { SearchedTo } from '@/components/events/searched-to'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import type { EventFilter } from '@/lib/event-filter/event-filter'
import { eventFilterParams } from '@/lib/event-filter/event-filter-params'
import { writeFilterTexts } from '@/lib/event-filter/filter-fields'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { readEventFilter } from '@/lib/event-filter/read-event-filter'
import { SERVER_TIME_ZONE } from '@/lib/format'
import { findLogEnd, newSince } from '@/lib/queries/count-waiting-events'
import { eventHistogram } from '@/lib/queries/event-histogram'
import { listEventTypes } from '@/lib/queries/list-event-types'
import { listEvents } from '@/lib/queries/list-events'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'

export const metadata = { title: 'Events' }

export default async function EventsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const read = await orRefusal(() => readPage(params))
  if ('refusal' in read) {
    return <RefusedAddress reason={read.refusal} href="/events" linkText="All events" />
  }
  const { filter, page, isFirstPage, since, histogram, types } = read.value
  const texts = writeFilterTexts(filter)
  const query = eventFilterParams(filter).toString()
  return (
    <LiveEvents texts={texts} since={since} isFirstPage={isFirstPage}>
      <PageHeader
        title="Events"
        description="Every authentic delivery, as it was received, newest first."
        actions={
          <>
            <LiveEventsToggle />
            <Button asChild>
              <Link href={eventsHref(texts, '/replays/new')} prefetch={false}>
                Replay everything that matches
              </Link>
            </Button>
            <Button asChild>
              <Link href={newRedeliveryHref(eventFilterParams(filter))} prefetch={false}>
                Redeliver all…
              </Link>
            </Button>
          </>
        }
      />
      <EventTabs current="events" />
      <EventFilterBar texts={texts} types={types} timeZone={SERVER_TIME_ZONE} />
      <EventChart
        texts={texts}
        bars={histogram.buckets.map(({ start, count }) => ({ startMs: start.getTime(), count }))}
        bucketMs={histogram.bucketMs}
        summary={histogramSummary(histogram, filter)}
        timeZone={SERVER_TIME_ZONE}
      />
      <WaitingEventsButton />
      <Card>
        {page.rows.length > 0 ? (
          <EventList
            columns={EVENT_COLUMNS}
            rows={page.rows.map((event) => eventListRow(event, query))}
            caption="Events, newest first"
            actions={[
              { label: 'Replay…', path: '/replays/new' },
              { label: 'Redeliver…', path: newRedeliveryHref(new URLSearchParams()) },
            ]}
          />
        ) : (
          <Empty filter={filter} searchedTo={page.searchedTo} />
        )}
      </Card>
      {page.searchedTo && (
        <SearchedTo time={page.searchedTo} nextCursor={page.nextCursor} texts={texts} />
      )}
      <Pager page={page} />
    </LiveEvents>
  )
}

async function readPage(params: SearchParams) {
  const filter = readEventFilter(params, ['after', 'before'])
  const position = readPosition(params)
  const now = new Date()
  const fixed = fixTimes(filter, now)
  // Before the events are listed: what comes in between is new.
  const end = await findLogEnd()
  const [page, histogram, types] = await Promise.all([
    listEvents(fixed, position),
    eventHistogram(fixed, now),
    listEventTypes(),
  ])
  const isFirstPage = position.after === undefined && position.before === undefined
  return { filter, page, isFirstPage, since: newSince(end, page), histogram, types }
}

function Empty({ filter, searchedTo }: { filter: EventFilter; searchedTo: Date | null }) {
  const filtered = eventFilterParams(filter).size > 0
  if (searchedTo) {
    return (
      <EmptyState icon={<SearchX />} title="No event matches so far" description="See below." />
    )
  }
  return filtered ? (
    <EmptyState
      icon={<SearchX />}
      title="No event matches"
      description="The search finds an event by its whole id, or all events of a partnership, contact, room or message by its whole uuid. All filters must hold at once."
      actions={
        <Button asChild>
          <Link href={eventsHref({})}>All events</Link>
        </Button>
      }
    />
  ) : (
    <EmptyState
      icon={<Webhook />}
      title="Nothing has been received yet"
      description="The overview says where JourneyBee should send its events, and has samples to try with."
      actions={
        <Button variant="primary" asChild>
          <Link href="/">Set up the webhook</Link>
        </Button>
      }
    />
  )
}
