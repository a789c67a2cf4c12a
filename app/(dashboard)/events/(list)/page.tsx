import Link from 'next/link'
import { SearchX, Webhook } from 'lucide-react'
import { EventFilterForm } from '@/components/events/event-filter-form'
import { EventTable } from '@/components/events/event-table'
import { LiveRefresh } from '@/components/events/live-refresh'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchBox } from '@/components/ui/search-box'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { InvalidAddressError } from '@/lib/errors'
import { parseEventFilters } from '@/lib/queries/event-filters'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { listEvents } from '@/lib/queries/list-events'
import { listEventTypes } from '@/lib/queries/list-event-types'

export const metadata = { title: 'Events' }

export default async function EventsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  try {
    return await eventsPage(params)
  } catch (error) {
    if (!(error instanceof InvalidAddressError)) throw error
    return (
      <ErrorState
        title="This address leads nowhere"
        description={error.message}
        actions={
          <Button asChild>
            <Link href="/events">All events</Link>
          </Button>
        }
      />
    )
  }
}

async function eventsPage(params: SearchParams) {
  const filters = parseEventFilters(params)
  const [page, types] = await Promise.all([
    listEvents(filters, readPosition(params)),
    listEventTypes(),
  ])
  const filtered = Object.values(filters).some((value) => value !== undefined)
  return (
    <>
      <PageHeader
        title="Events"
        description="Every authentic delivery, as it was received, newest first."
        actions={<LiveRefresh />}
      />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox label="Search events" placeholder="Event id or subject uuid, exactly" />
        <EventFilterForm types={types} />
        {filtered && (
          <Button variant="ghost" asChild>
            <Link href="/events">Clear</Link>
          </Button>
        )}
      </div>
      <Card>
        <EventTable
          events={page.rows}
          caption="Events, newest first"
          empty={filtered ? <NoMatch /> : <NothingYet />}
        />
      </Card>
      <Pager page={page} />
    </>
  )
}

function NoMatch() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No event matches"
      description="The search finds an event by its whole id, or all events of a partnership, contact or message by its whole uuid."
      actions={
        <Button asChild>
          <Link href="/events">All events</Link>
        </Button>
      }
    />
  )
}

function NothingYet() {
  return (
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
