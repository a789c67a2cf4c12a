import { NothingHere } from '@/components/ui/nothing-here'

export default function RoomNotFound() {
  return (
    <NothingHere
      heading="Room not found"
      title="No such room"
      description="No message of this room has been received yet, or the address is incomplete."
      href="/rooms"
      linkText="All rooms"
    />
  )
}
