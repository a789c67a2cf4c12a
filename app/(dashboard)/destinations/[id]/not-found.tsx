import { NothingHere } from '@/components/ui/nothing-here'

export default function DestinationNotFound() {
  return (
    <NothingHere
      heading="No such destination"
      title="There is no destination with this id"
      description="Destinations are never deleted, so the address is incomplete or from another Waggle."
      href="/destinations"
      linkText="All destinations"
    />
  )
}
