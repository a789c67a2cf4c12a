import { Suspense } from 'react'
import Link from 'next/link'
import { eventsHref } from '@/components/events/event-addresses'
import { FilterSummary } from '@/components/events/filter-summary'
import { UNCOUNTED } from '@/components/events/filter-labels'
import { RunAction } from '@/components/replays/run-action'
import { Button } from '@/components/ui/button'
import { Card, CardBody } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { PageHeader } from '@/components/ui/page-header'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { eventFilterParams } from '@/lib/event-filter/event-filter-params'
import { writeFilterTexts } from '@/lib/event-filter/filter-fields'
import { fixTimes } from '@/lib/event-filter/fix-times'
import { readEventFilter } from '@/lib/event-filter/read-event-filter'
import { formatBoundedCount } from '@/lib/format'
import { countReplayableEvents } from '@/lib/queries/count-replayable-events'
import { orRefusal } from '@/lib/queries/or-refusal'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { startDryRunAction } from '../replay-actions'

export const metadata = { title: 'New replay' }

export default async function NewReplayPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const read = await orRefusal(async () => {
    const filter = readEventFilter(params)
    return { filter, fixed: fixTimes(filter, new Date()) }
  })
  if ('refusal' in read) {
    return <RefusedAddress reason={read.refusal} href="/events" linkText="Choose events" />
  }
  const { filter, fixed } = read.value
  const counting = countReplayableEvents(fixed)
  const texts = writeFilterTexts(filter)
  const query = eventFilterParams(filter).toString()
  return (
    <>
      <PageHeader
        title="New replay"
        breadcrumbs={[{ label: 'Replays', href: '/replays' }]}
        description="First a dry run, which changes nothing: it shows row by row what the replay would do."
        actions={
          <Button asChild>
            <Link href={eventsHref(texts)}>Choose other events</Link>
          </Button>
        }
      />
      <Card className="max-w-3xl">
        <DefinitionList
          items={[
            { term: 'Which events', value: <FilterSummary texts={texts} /> },
            {
              term: 'How many',
              value: (
                <Suspense fallback={<span className="text-muted">Counting…</span>}>
                  <HowMany counting={counting} />
                </Suspense>
              ),
            },
          ]}
        />
        <CardBody className="border-t">
          <Suspense fallback={<DryRun query={query} />}>
            <DryRunUnlessNone counting={counting} query={query} />
          </Suspense>
        </CardBody>
      </Card>
    </>
  )
}

type Counting = ReturnType<typeof countReplayableEvents>

async function HowMany({ counting }: { counting: Counting }) {
  const found = await counting
  return found ? `${formatBoundedCount(found)}, duplicates left out` : UNCOUNTED
}

async function DryRunUnlessNone({ counting, query }: { counting: Counting; query: string }) {
  const found = await counting
  if (found?.count === 0) return <p className="text-sm text-muted">There is nothing to replay.</p>
  return <DryRun query={query} />
}

function DryRun({ query }: { query: string }) {
  return (
    <RunAction act={startDryRunAction.bind(null, query)} variant="primary">
      Dry run
    </RunAction>
  )
}
