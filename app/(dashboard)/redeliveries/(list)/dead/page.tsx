import { MailCheck } from 'lucide-react'
import { DeadLetterTable } from '@/components/redelivery/dead-letter-table'
import { DestinationChoice } from '@/components/redelivery/destination-choice'
import { RedeliveryTabs } from '@/components/redelivery/redelivery-tabs'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { listDeadLetters } from '@/lib/queries/redelivery/list-dead-letters'
import { listDestinations } from '@/lib/queries/redelivery/list-destinations'
import { sendDeadAgain } from '../../../redelivery-actions'

export const metadata = { title: 'Dead letters' }

export default async function DeadLettersPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const shown = await orRefusal(async () => {
    const destination = readParam(params, 'destination')
    return { destination, page: await listDeadLetters(readPosition(params), destination) }
  })
  if ('refusal' in shown) {
    return (
      <RefusedAddress
        reason={shown.refusal}
        href="/redeliveries/dead"
        linkText="All dead letters"
      />
    )
  }
  const { destination, page } = shown.value
  const destinations = await listDestinations()
  return (
    <>
      <PageHeader
        title="Redelivery"
        description="Events that a destination did not take: refused for good, or tried too often. They can be sent again by hand."
      />
      <RedeliveryTabs current="dead" />
      {destinations.length > 1 && (
        <DestinationChoice destinations={destinations} chosen={destination} />
      )}
      <Card>
        <DeadLetterTable
          letters={page.rows}
          sendAgain={sendDeadAgain}
          empty={
            <EmptyState
              icon={<MailCheck />}
              title="Nothing is dead"
              description="What a destination refuses for good, or has not taken after eight tries, is listed here."
            />
          }
        />
      </Card>
      <Pager page={page} />
    </>
  )
}
