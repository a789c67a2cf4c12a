import Link from 'next/link'
import { notFound } from 'next/navigation'
import { destinationHref, redeliveryHref } from '@/components/addresses'
import { LiveRefresh } from '@/components/events/live-refresh'
import { ActionButton } from '@/components/ui/action-button'
import { DeliveryTable } from '@/components/redelivery/delivery-table'
import { FilterSummary } from '@/components/events/filter-summary'
import { DELIVERY_STATE } from '@/components/redelivery/redelivery-status'
import { RunProgress } from '@/components/redelivery/run-progress'
import { RunStatusBadge } from '@/components/redelivery/status-badge'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { Tabs } from '@/components/ui/tabs'
import { Time } from '@/components/ui/time'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { formatCount } from '@/lib/format'
import { oneOf } from '@/lib/queries/list-address'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { DELIVERY_STATES, listDeliveries } from '@/lib/queries/redelivery/list-deliveries'
import { findDestination } from '@/lib/queries/redelivery/list-destinations'
import { findRedelivery, type RedeliveryDetail } from '@/lib/queries/redelivery/list-redeliveries'
import { controlRun, sendDeadAgain } from '../../redelivery-actions'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export const metadata = { title: 'Run of redelivery' }

const STATES = ['all', ...DELIVERY_STATES] as const

export default async function RedeliveryPage(props: Props) {
  await requireUserOrSignIn()
  const [{ id }, search] = await Promise.all([props.params, props.searchParams])
  const run = await findRedelivery(id)
  if (!run) notFound()
  const shown = await orRefusal(async () => {
    const state = oneOf(search, 'state', STATES)
    const page = await listDeliveries(run.seq, state === 'all' ? null : state, readPosition(search))
    return { state, page }
  })
  const href = redeliveryHref(run.id)
  if ('refusal' in shown) {
    return <RefusedAddress reason={shown.refusal} href={href} linkText="This run" />
  }
  const destination = await findDestination(run.destinationId)
  const { state, page } = shown.value
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Redelivery', href: '/redeliveries' }]}
        title={
          <>
            To <bdi className="wrap-anywhere">{run.destination}</bdi>
          </>
        }
        actions={
          <>
            {run.status === 'running' && <LiveRefresh />}
            <RunStatusBadge status={run.status} />
            <Controls run={run} />
          </>
        }
      />
      {run.status === 'running' && destination && <Obstacle destination={destination} />}
      <div className="space-y-4">
        <Card>
          <CardHeader>
            <CardTitle>Progress</CardTitle>
          </CardHeader>
          <RunProgress run={run} now={new Date()} />
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Run</CardTitle>
          </CardHeader>
          <DefinitionList
            items={[
              {
                term: 'Destination',
                value: (
                  <Link
                    href={destinationHref(run.destinationId)}
                    className="text-accent underline-offset-2 hover:underline"
                  >
                    <bdi className="wrap-anywhere">{run.destination}</bdi>
                  </Link>
                ),
              },
              { term: 'Events', value: <FilterSummary texts={run.filter} /> },
              {
                term: 'Of deleted messages',
                value:
                  run.ofDeleted > 0
                    ? `${formatCount(run.ofDeleted)}, sent with what the messages said`
                    : null,
              },
              { term: 'By', value: <bdi className="wrap-anywhere">{run.actor}</bdi> },
              { term: 'Started', value: <Time value={run.startedAt} show="absolute" /> },
              {
                term: 'Ended',
                value: run.finishedAt && <Time value={run.finishedAt} show="absolute" />,
              },
            ]}
          />
        </Card>
        <section aria-label="Deliveries">
          <Tabs
            label="Deliveries by state"
            tabs={STATES.filter((each) => isTold(run, each)).map((each) => ({
              label: each === 'all' ? 'All' : DELIVERY_STATE[each].label,
              href: each === 'all' ? href : `${href}?state=${each}`,
              current: each === state,
            }))}
          />
          <Card>
            <CardBody flush>
              <DeliveryTable
                runId={run.id}
                deliveries={page.rows}
                empty={<p className="p-4 text-sm text-muted">No delivery is in this state.</p>}
              />
            </CardBody>
          </Card>
          <Pager page={page} />
        </section>
      </div>
    </>
  )
}

// A cancelled run sends nothing more, whatever its deliveries were about to do.
function isTold({ status }: RedeliveryDetail, state: (typeof STATES)[number]): boolean {
  return status !== 'cancelled' || state === 'all' || state === 'delivered' || state === 'dead'
}

function Controls({ run }: { run: RedeliveryDetail }) {
  const { id, status, dead } = run
  const isOpen = status === 'running' || status === 'paused'
  return (
    <>
      {dead > 0 && status !== 'cancelled' && (
        <ActionButton action={sendDeadAgain.bind(null, id, null)}>Send all dead again</ActionButton>
      )}
      {status === 'running' && (
        <ActionButton action={controlRun.bind(null, id, 'pause')}>Pause</ActionButton>
      )}
      {status === 'paused' && (
        <ActionButton variant="primary" action={controlRun.bind(null, id, 'resume')}>
          Resume
        </ActionButton>
      )}
      {isOpen && (
        <ActionButton
          variant="danger"
          action={controlRun.bind(null, id, 'cancel')}
          ask={{
            title: 'Cancel this run?',
            description:
              'What has not been sent yet is not sent. What was delivered stays delivered, and the run stays on record. It cannot be resumed.',
            confirm: 'Cancel the run',
          }}
        >
          Cancel
        </ActionButton>
      )}
    </>
  )
}

function Obstacle({ destination }: { destination: { enabled: boolean; secretReadable: boolean } }) {
  if (destination.enabled && destination.secretReadable) return null
  return (
    <p role="alert" className="mb-4 rounded-md bg-warning-subtle px-3 py-2 text-sm text-warning">
      {destination.enabled
        ? 'Nothing is sent: the destination’s secret cannot be read with the ENCRYPTION_KEY of this process. Its page says what to do.'
        : 'Nothing is sent: the destination is disabled. The run goes on when it is enabled.'}
    </p>
  )
}
