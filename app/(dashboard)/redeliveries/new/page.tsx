import { Suspense } from 'react'
import Link from 'next/link'
import { describeSending } from '@/components/redelivery/destination-table'
import { UNCOUNTED } from '@/components/events/filter-labels'
import { FilterSummary } from '@/components/events/filter-summary'
import { RedeliverForm } from '@/components/redelivery/redeliver-form'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import type { EventFilter } from '@/lib/event-filter/event-filter'
import { eventFilterParams } from '@/lib/event-filter/event-filter-params'
import { readEventFilter } from '@/lib/event-filter/read-event-filter'
import { formatBoundedCount } from '@/lib/format'
import { orRefusal } from '@/lib/queries/or-refusal'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { countMatchingQuickly } from '@/lib/queries/redelivery/count-matching'
import { listDestinations } from '@/lib/queries/redelivery/list-destinations'
import { redeliver } from '../../redelivery-actions'

export const metadata = { title: 'Redeliver events' }

export default async function NewRedeliveryPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const read = await orRefusal(async () => readEventFilter(params))
  if ('refusal' in read) {
    return <RefusedAddress reason={read.refusal} href="/events" linkText="Choose events" />
  }
  const filter = read.value
  const query = eventFilterParams(filter)
  const usable = (await listDestinations()).filter((each) => each.enabled && each.secretReadable)
  return (
    <>
      <PageHeader
        title="Redeliver events"
        breadcrumbs={[{ label: 'Redelivery', href: '/redeliveries' }]}
      />
      <div className="space-y-4">
        <Card>
          <CardHeader>
            <CardTitle>What is sent</CardTitle>
            <Link
              href={`/events?${query}`}
              prefetch={false}
              className="text-sm text-accent underline-offset-2 hover:underline"
            >
              Look at these events
            </Link>
          </CardHeader>
          <DefinitionList
            items={[
              { term: 'Filter', value: <FilterSummary texts={valuesOf(query)} /> },
              {
                term: 'Events now',
                value: (
                  <Suspense fallback={<span className="text-muted">Counting…</span>}>
                    <Matching filter={filter} />
                  </Suspense>
                ),
              },
            ]}
          />
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Where it is sent</CardTitle>
          </CardHeader>
          <CardBody flush>
            {usable.length === 0 ? (
              <NoDestination />
            ) : (
              <RedeliverForm
                destinations={usable.map((each) => ({
                  id: each.id,
                  name: each.name,
                  address: each.address,
                  how: describeSending(each),
                }))}
                start={redeliver.bind(null, query.toString())}
              />
            )}
          </CardBody>
        </Card>
      </div>
    </>
  )
}

function valuesOf(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]))
}

async function Matching({ filter }: { filter: EventFilter }) {
  const found = await countMatchingQuickly(filter)
  if (found === null) return UNCOUNTED
  return <span className="tabular-nums">{formatBoundedCount(found)}</span>
}

function NoDestination() {
  return (
    <EmptyState
      title="There is no destination to send to"
      description="None exists, or those that do are disabled or need their secret again."
      actions={
        <Button variant="primary" asChild>
          <Link href="/destinations">Destinations</Link>
        </Button>
      }
    />
  )
}
