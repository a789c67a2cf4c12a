import Link from 'next/link'
import { SearchX } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export const metadata = { title: 'Not found' }

export default function DashboardNotFound() {
  return (
    <div className="rounded-lg border bg-surface">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<SearchX />}
        title="Nothing is stored under this address"
        description="It may not have been received yet, or the address may be incomplete."
        actions={
          <Button asChild>
            <Link href="/">Overview</Link>
          </Button>
        }
      />
    </div>
  )
}
