import { Hourglass } from 'lucide-react'
import { PageHeader } from '@/components/ui/page-header'

/** Over the page of a partnership whose own event has not come. */
export function AwaitedHeader() {
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Partnerships', href: '/partnerships' }]}
        title="Partnership not received yet"
      />
      <p className="mb-4 flex gap-2 rounded-lg border bg-info-subtle px-4 py-3 text-sm text-info">
        <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          Other events name this partnership, but no event with its profile could be applied so far.
          What they tell is below; the rest shows up here with the next partner event.
        </span>
      </p>
    </>
  )
}
