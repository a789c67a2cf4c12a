import Link from 'next/link'
import { eventsHref } from '@/components/events/event-addresses'
import { FilterSummary } from '@/components/events/filter-summary'
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
    return { filter, found: await countReplayableEvents(fixTimes(filter, new Date())) }
  })
  if ('refusal' in read) {
    return <RefusedAddress reason={read.refusal} href="/events" linkText="Choose events" />
  }
  const { filter, found } = read.value
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
              value: `${formatBoundedCount(found)}, duplicates left out`,
            },
          ]}
        />
        <CardBody className="border-t">
          {found.count === 0 ? (
            <p className="text-sm text-muted">There is nothing to replay.</p>
          ) : (
            <RunAction act={startDryRunAction.bind(null, query)} variant="primary">
              Dry run
            </RunAction>
          )}
        </CardBody>
      </Card>
    </>
  )
}
