import { Stat } from '@/components/ui/stat'
import { formatBoundedCount } from '@/lib/format'
import type { Totals as Counts } from '@/lib/queries/count-totals'

export function Totals({ totals }: { totals: Counts }) {
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:*:last:col-span-2 sm:grid-cols-3 lg:grid-cols-5">
      <Stat
        label="Partnerships"
        value={formatBoundedCount(totals.partnerships)}
        href="/partnerships"
      />
      <Stat label="Contacts" value={formatBoundedCount(totals.contacts)} href="/contacts" />
      <Stat label="Rooms" value={formatBoundedCount(totals.rooms)} href="/rooms" />
      <Stat label="Messages" value={formatBoundedCount(totals.messages)} />
      <Stat label="Events received" value={formatBoundedCount(totals.events)} href="/events" />
    </div>
  )
}
