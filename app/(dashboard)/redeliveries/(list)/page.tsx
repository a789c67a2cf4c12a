import Link from 'next/link'
import { Send } from 'lucide-react'
import { LiveRefresh } from '@/components/events/live-refresh'
import { RedeliveryTabs } from '@/components/redelivery/redelivery-tabs'
import { RunTable } from '@/components/redelivery/run-table'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { listRedeliveries } from '@/lib/queries/redelivery/list-redeliveries'

export const metadata = { title: 'Redelivery' }

export default async function RedeliveriesPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const shown = await orRefusal(async () => listRedeliveries(readPosition(params)))
  if ('refusal' in shown) {
    return <RefusedAddress reason={shown.refusal} href="/redeliveries" linkText="All runs" />
  }
  const { rows } = shown.value
  const isMoving = rows.some(({ status }) => status === 'running')
  return (
    <>
      <PageHeader
        title="Redelivery"
        description="Stored events that were sent to other addresses. Runs are kept for good."
        actions={isMoving && <LiveRefresh />}
      />
      <RedeliveryTabs current="runs" />
      <Card>
        <RunTable runs={rows} empty={<NoRuns />} />
      </Card>
      <Pager page={shown.value} />
    </>
  )
}

function NoRuns() {
  return (
    <EmptyState
      icon={<Send />}
      title="Nothing has been redelivered yet"
      description="Choose events in their list, or open one, and send them to a destination."
      actions={
        <Button variant="primary" asChild>
          <Link href="/events">Choose events</Link>
        </Button>
      }
    />
  )
}
