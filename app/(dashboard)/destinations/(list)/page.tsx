import Link from 'next/link'
import { Plus, Send } from 'lucide-react'
import { DestinationTable } from '@/components/redelivery/destination-table'
import { RedeliveryTabs } from '@/components/redelivery/redelivery-tabs'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listDestinations } from '@/lib/queries/redelivery/list-destinations'

export const metadata = { title: 'Destinations' }

export default async function DestinationsPage() {
  await requireUserOrSignIn()
  const destinations = await listDestinations()
  return (
    <>
      <PageHeader
        title="Destinations"
        description="Addresses that stored events can be sent to, as JourneyBee would send them."
        actions={
          <Button variant="primary" asChild>
            <Link href="/destinations/new">
              <Plus aria-hidden /> New destination
            </Link>
          </Button>
        }
      />
      <RedeliveryTabs current="destinations" />
      <Card>
        <DestinationTable
          destinations={destinations}
          empty={
            <EmptyState
              icon={<Send />}
              title="There is no destination yet"
              description="A destination is an address with a secret of its own: a CRM connector, a colleague’s laptop behind a tunnel."
              actions={
                <Button variant="primary" asChild>
                  <Link href="/destinations/new">New destination</Link>
                </Button>
              }
            />
          }
        />
      </Card>
    </>
  )
}
