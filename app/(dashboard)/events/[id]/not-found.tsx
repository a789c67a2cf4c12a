import { NothingHere } from '@/components/ui/nothing-here'

export default function EventNotFound() {
  return (
    <NothingHere
      heading="No such event"
      title="There is no event with this id"
      description="Events are never deleted, so the address is incomplete or from another Waggle."
      href="/events"
      linkText="All events"
    />
  )
}
