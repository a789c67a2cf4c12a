import { NothingHere } from '@/components/ui/nothing-here'

export default function ReplayNotFound() {
  return (
    <NothingHere
      heading="No such replay"
      title="There is no replay with this id"
      description="Replays are never deleted, so the address is incomplete or from another Waggle."
      href="/replays"
      linkText="All replays"
    />
  )
}
