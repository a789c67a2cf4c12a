import { NothingHere } from '@/components/ui/nothing-here'

export const metadata = { title: 'Not found' }

export default function DashboardNotFound() {
  return (
    <NothingHere
      heading="Not found"
      title="Nothing is stored under this address"
      description="It may not have been received yet, or the address may be incomplete."
      href="/"
      linkText="Overview"
    />
  )
}
