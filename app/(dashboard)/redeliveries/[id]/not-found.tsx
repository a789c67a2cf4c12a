import { NothingHere } from '@/components/ui/nothing-here'

export default function RedeliveryNotFound() {
  return (
    <NothingHere
      heading="No such run"
      title="There is no run, or no delivery in it, with this id"
      description="Runs are never deleted, so the address is incomplete or from another Waggle."
      href="/redeliveries"
      linkText="All runs"
    />
  )
}
