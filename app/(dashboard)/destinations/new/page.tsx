import { DestinationForm } from '@/components/redelivery/destination-form'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { saveDestination } from '../../redelivery-actions'

export const metadata = { title: 'New destination' }

export default async function NewDestinationPage() {
  await requireUserOrSignIn()
  return (
    <>
      <PageHeader
        title="New destination"
        breadcrumbs={[{ label: 'Destinations', href: '/destinations' }]}
      />
      <Card>
        <DestinationForm save={saveDestination.bind(null, null)} />
      </Card>
    </>
  )
}
