import { SearchX } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function RoomNotFound() {
  return (
    <div className="rounded-lg border bg-surface">
      <h1 className="sr-only">Room not found</h1>
      <EmptyState
        icon={<SearchX />}
        title="No such room"
        description="No message of this room has been received yet, or the address is incomplete."
        actions={
          <Button asChild>
            <Link href="/rooms">All rooms</Link>
          </Button>
        }
      />
    </div>
  )
}
