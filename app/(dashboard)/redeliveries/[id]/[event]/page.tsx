import Link from 'next/link'
import { notFound } from 'next/navigation'
import { eventHref, redeliveryHref } from '@/components/addresses'
import { LiveRefresh } from '@/components/events/live-refresh'
import { ActionButton } from '@/components/ui/action-button'
import { DeliveryAttempts } from '@/components/redelivery/delivery-attempts'
import { DeliveryStateBadge } from '@/components/redelivery/status-badge'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { DefinitionList } from '@/components/ui/definition-list'
import { PageHeader } from '@/components/ui/page-header'
import { Time } from '@/components/ui/time'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { findDelivery } from '@/lib/queries/redelivery/list-deliveries'
import { findRedelivery } from '@/lib/queries/redelivery/list-redeliveries'
import { sendDeadAgain } from '../../../redelivery-actions'

type Props = { params: Promise<{ id: string; event: string }> }

export const metadata = { title: 'Delivery' }

export default async function DeliveryPage(props: Props) {
  await requireUserOrSignIn()
  const { id, event } = await props.params
  const run = await findRedelivery(id)
  const delivery = run && (await findDelivery(run.seq, event))
  if (!run || !delivery) notFound()
  const isDead = delivery.state === 'dead' && run.status !== 'cancelled'
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Redelivery', href: '/redeliveries' },
          {
            label: <bdi className="wrap-anywhere">To {run.destination}</bdi>,
            href: redeliveryHref(run.id),
          },
        ]}
        title={<bdi className="font-mono wrap-anywhere">{delivery.eventType}</bdi>}
        actions={
          <>
            {delivery.settledAt === null && run.status === 'running' && <LiveRefresh />}
            <DeliveryStateBadge state={delivery.state} />
            {isDead && (
              <ActionButton
                variant="primary"
                action={sendDeadAgain.bind(null, run.id, delivery.eventId)}
              >
                Send again
              </ActionButton>
            )}
          </>
        }
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <Card className="self-start">
          <CardHeader>
            <CardTitle>Attempts</CardTitle>
          </CardHeader>
          <DeliveryAttempts attempts={delivery.tried} delivery={delivery} />
        </Card>
        <Card className="self-start">
          <CardHeader>
            <CardTitle>Delivery</CardTitle>
          </CardHeader>
          <DefinitionList
            items={[
              {
                term: 'Event',
                value: (
                  <Link
                    href={eventHref(delivery.eventId)}
                    className="font-mono text-xs text-accent underline-offset-2 hover:underline"
                  >
                    {delivery.eventId}
                  </Link>
                ),
              },
              {
                term: 'Delivery id',
                value: (
                  <span className="font-mono text-xs wrap-anywhere">
                    {run.id}.{delivery.eventSeq}
                  </span>
                ),
              },
              { term: 'Received', value: <Time value={delivery.receivedAt} show="absolute" /> },
              {
                term: 'Next try',
                value:
                  delivery.state === 'retrying' ? (
                    <Time value={delivery.nextAttemptAt} show="absolute" />
                  ) : null,
              },
              {
                term: 'Settled',
                value: delivery.settledAt && <Time value={delivery.settledAt} show="absolute" />,
              },
            ]}
          />
        </Card>
      </div>
    </>
  )
}
