import Link from 'next/link'
import { SearchX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export default function EventNotFound() {
  return (
    <div className="rounded-lg border bg-surface">
      <h1 className="sr-only">No such event</h1>
      <EmptyState
        icon={<SearchX />}
        title="There is no event with this id"
        description="Events are never deleted, so the address is incomplete or from another Waggle."
        actions={
          <Button asChild>
            <Link href="/events">All events</Link>
          </Button>
        }
      />
    </div>
  )
}
