import { notFound } from 'next/navigation'
import { DestinationForm } from '@/components/redelivery/destination-form'
import { DestinationState } from '@/components/redelivery/destination-table'
import { ActionButton } from '@/components/ui/action-button'
import { RunTable } from '@/components/redelivery/run-table'
import { TestEventButton } from '@/components/redelivery/test-event-button'
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Time } from '@/components/ui/time'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { findDestination } from '@/lib/queries/redelivery/list-destinations'
import { listRedeliveries } from '@/lib/queries/redelivery/list-redeliveries'
import { enableDestination, saveDestination, sendTestEvent } from '../../redelivery-actions'

type Props = { params: Promise<{ id: string }> }

export const metadata = { title: 'Destination' }

const RUNS_SHOWN = 20

export default async function DestinationPage(props: Props) {
  await requireUserOrSignIn()
  const { id } = await props.params
  const destination = await findDestination(id)
  if (!destination) notFound()
  const runs = await listRedeliveries({}, destination.id, RUNS_SHOWN)
  const { enabled, secretReadable } = destination
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Destinations', href: '/destinations' }]}
        title={<bdi className="wrap-anywhere">{destination.name}</bdi>}
        actions={
          <>
            <DestinationState destination={destination} />
            <ActionButton action={enableDestination.bind(null, destination.id, !enabled)}>
              {enabled ? 'Disable' : 'Enable'}
            </ActionButton>
          </>
        }
      />
      {!secretReadable && (
        <p role="alert" className="mb-4 rounded-md bg-danger-subtle px-3 py-2 text-sm text-danger">
          The stored secret cannot be read with the ENCRYPTION_KEY of this process, so nothing is
          sent: put back the key that it was stored with, or enter the secret again. What waits is
          not lost.
        </p>
      )}
      <div className="space-y-4">
        <Card>
          <CardHeader>
            <CardTitle>Settings</CardTitle>
            <span className="text-xs text-muted">
              changed by <bdi>{destination.updatedBy}</bdi> <Time value={destination.updatedAt} />
            </span>
          </CardHeader>
          <DestinationForm
            destination={destination}
            save={saveDestination.bind(null, destination.id)}
          />
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Test</CardTitle>
          </CardHeader>
          <TestEventButton send={sendTestEvent.bind(null, destination.id)} />
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>Newest runs</CardTitle>
          </CardHeader>
          <CardBody flush>
            <RunTable
              runs={runs.rows}
              empty={<p className="p-4 text-sm text-muted">Nothing has been sent here yet.</p>}
            />
          </CardBody>
        </Card>
      </div>
    </>
  )
}
