import Link from 'next/link'
import { notFound } from 'next/navigation'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { eventHref, newRedeliveryHref, newReplayHref } from '@/components/addresses'
import { AttemptTable } from '@/components/events/attempt-table'
import { CopyCurlButton } from '@/components/events/copy-curl-button'
import { EventBody, type BodyView } from '@/components/events/event-body'
import { EventFacts, historyHref } from '@/components/events/event-facts'
import { EventOutcome } from '@/components/events/event-outcome'
import { indentJson } from '@/components/events/indent-json'
import { LiveRefresh } from '@/components/events/live-refresh'
import { ReplayButton } from '@/components/events/replay-button'
import { EventDeliveries } from '@/components/redelivery/event-deliveries'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { PageHeader } from '@/components/ui/page-header'
import { RefusedAddress } from '@/components/ui/refused-address'
import { isAdministrator } from '@/lib/auth/require-administrator'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { eventFilterParams } from '@/lib/event-filter/event-filter-params'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { readEventFilter } from '@/lib/event-filter/read-event-filter'
import { findEventsBeside } from '@/lib/queries/find-events-beside'
import { getEvent, type EventDetail } from '@/lib/queries/get-event'
import { oneOf } from '@/lib/queries/list-address'
import { findSupersedingEvent } from '@/lib/queries/find-superseding-event'
import { listEventAttempts } from '@/lib/queries/list-event-attempts'
import { orRefusal } from '@/lib/queries/or-refusal'
import { listEventDeliveries } from '@/lib/queries/redelivery/list-event-deliveries'
import { copyEventCurlAction } from './copy-event-curl-action'
import { replayEventAction } from './replay-event-action'
import { revealEventBodyAction } from './reveal-event-body-action'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props) {
  const { id } = await params
  return { title: `Event ${id.slice(0, 36)}` }
}

export default async function EventPage(props: Props) {
  const user = await requireUserOrSignIn()
  const [{ id }, search] = await Promise.all([props.params, props.searchParams])
  const event = await getEvent(id)
  if (!event) notFound()
  const view = await orRefusal(async () => oneOf<BodyView>(search, 'body', ['pretty', 'raw']))
  if ('refusal' in view) {
    return <RefusedAddress reason={view.refusal} href={eventHref(event.id)} linkText="This event" />
  }
  const list = await orRefusal(async () => readList(search, event))
  if ('refusal' in list) {
    return <RefusedAddress reason={list.refusal} href={eventHref(event.id)} linkText="This event" />
  }
  const { query, beside } = list.value
  const [attempts, superseding, deliveries] = await Promise.all([
    listEventAttempts(event),
    findSupersedingEvent(event.id),
    listEventDeliveries(event.seq),
  ])
  const reveal = isAdministrator(user) ? revealEventBodyAction.bind(null, event.id) : undefined
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Events', href: query ? `/events?${query}` : '/events' }]}
        title={<bdi className="font-mono">{event.eventType}</bdi>}
        actions={
          <>
            {event.status === 'pending' && <LiveRefresh />}
            <Neighbours event={beside ? { ...event, ...beside } : event} query={query} />
            {isAdministrator(user) && (
              <CopyCurlButton
                make={copyEventCurlAction.bind(null, event.id)}
                isWithheld={event.textWithheld}
              />
            )}
            <Button asChild>
              <Link
                href={newRedeliveryHref(new URLSearchParams({ ids: event.id }))}
                prefetch={false}
              >
                Redeliver…
              </Link>
            </Button>
            {event.status !== 'duplicate' && (
              <>
                <Button asChild>
                  <Link
                    href={newReplayHref(new URLSearchParams({ ids: event.id }))}
                    prefetch={false}
                  >
                    Dry run…
                  </Link>
                </Button>
                <ReplayButton replay={replayEventAction.bind(null, event.id)} />
              </>
            )}
          </>
        }
      />
      <EventOutcome event={event} />
      {superseding && (
        <p className="mb-4 text-sm text-muted">
          Superseded by{' '}
          <Link
            href={eventHref(superseding.id)}
            className="text-foreground underline underline-offset-2"
          >
            a newer <bdi className="font-mono">{superseding.eventType}</bdi>
          </Link>
          : replaying this one changes nothing that the pages show of it.
        </p>
      )}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="min-w-0 space-y-4">
          <EventBody event={event} view={view.value} query={query} reveal={reveal} />
          <Card>
            <CardHeader>
              <CardTitle>Attempts</CardTitle>
            </CardHeader>
            <CardBody flush>
              <AttemptTable attempts={attempts} />
            </CardBody>
          </Card>
          {deliveries.length > 0 && (
            <Card>
              <CardHeader>
                <CardTitle>Redeliveries</CardTitle>
              </CardHeader>
              <CardBody flush>
                <EventDeliveries eventId={event.id} deliveries={deliveries} />
              </CardBody>
            </Card>
          )}
        </div>
        <div className="min-w-0 space-y-4">
          <Card>
            <CardHeader>
              <CardTitle>Delivery</CardTitle>
            </CardHeader>
            <EventFacts event={event} />
          </Card>
          <Card>
            <CardHeader>
              <CardTitle>Claims of its token</CardTitle>
            </CardHeader>
            <CardBody>
              <CodeBlock code={indentJson(event.claims) ?? event.claims} label="Claims" wrap />
            </CardBody>
          </Card>
        </div>
      </div>
    </>
  )
}

// From a list with a filter one steps through that list, else through what happened to the same subject.
async function readList(search: Awaited<Props['searchParams']>, event: EventDetail) {
  const filter = readEventFilter(search, ['body'])
  const query = eventFilterParams(filter).toString()
  const beside = query ? await findEventsBeside(fixTimes(filter, new Date()), event) : null
  return { query, beside }
}

function Neighbours({ event, query }: { event: EventDetail; query: string }) {
  const history = historyHref(event)
  if (!history && !query) return null
  const among = query ? 'in the list' : 'of the same subject'
  return (
    <nav
      aria-label={query ? 'Events of the list' : 'Events of the same subject'}
      className="flex items-center gap-1"
    >
      <Step id={event.previousId} query={query} label={`Previous event ${among}`}>
        <ChevronLeft aria-hidden />
      </Step>
      {history && (
        <Button variant="ghost" asChild>
          <Link href={history}>History</Link>
        </Button>
      )}
      <Step id={event.nextId} query={query} label={`Next event ${among}`}>
        <ChevronRight aria-hidden />
      </Step>
    </nav>
  )
}

type StepProps = { id: string | null; query: string; label: string; children: React.ReactNode }

function Step(props: StepProps) {
  if (!props.id) {
    return (
      <Button variant="ghost" square disabled aria-label={props.label}>
        {props.children}
      </Button>
    )
  }
  const href = eventHref(props.id)
  return (
    <Button variant="ghost" square asChild>
      <Link
        href={props.query ? `${href}?${props.query}` : href}
        prefetch={false}
        aria-label={props.label}
        title={props.label}
      >
        {props.children}
      </Link>
    </Button>
  )
}
