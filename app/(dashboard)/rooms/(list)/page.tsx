import type { Metadata } from 'next'
import { MessagesSquare } from 'lucide-react'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { SearchBox } from '@/components/ui/search-box'
import { LiveRooms } from '@/components/rooms/live-rooms'
import { RoomFilterForm } from '@/components/rooms/room-filter-form'
import { RoomList } from '@/components/rooms/room-list'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listPartnerTypes } from '@/lib/queries/list-partner-types'
import { listRooms } from '@/lib/queries/list-rooms'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readRoomFilters } from '@/lib/queries/room-filters'
import { refuseUnknown } from '@/lib/search-params'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'

export const metadata: Metadata = { title: 'Rooms' }

const KNOWN = [
  'q',
  'partnership',
  'company',
  'author',
  'type',
  'files',
  'from',
  'to',
  'after',
  'before',
]

export default async function RoomsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await orRefusal(async () => {
    refuseUnknown(params, KNOWN)
    const filters = readRoomFilters(params)
    const position = readPosition(params)
    const [page, types] = await Promise.all([listRooms(filters, position), listPartnerTypes()])
    return { filters, page, types }
  })
  if ('refusal' in result) {
    return <RefusedAddress reason={result.refusal} href="/rooms" linkText="All rooms" />
  }
  const { filters, page, types } = result.value
  return (
    <>
      <PageHeader
        title={filters.partnership ? 'Rooms of one partnership' : 'Rooms'}
        description="Conversations with partners, the latest activity first."
        actions={
          <>
            <LiveRooms />
            {filters.partnership && <AllRooms />}
            <SearchBox label="Search rooms by partnership name" placeholder="Partnership name" />
          </>
        }
      />
      <RoomFilterForm filters={filters} types={types} />
      {page.rows.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <NoRooms filtered={Object.keys(filters).length > 0} />
        </div>
      ) : (
        <RoomList rooms={page.rows} />
      )}
      <Pager page={page} label="Pages of rooms" />
    </>
  )
}

function NoRooms({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<MessagesSquare />}
        title="No room matches"
        description="Rooms are searched by the name of their partnership, once its event has been received."
        actions={<AllRooms />}
      />
    )
  }
  return (
    <EmptyState
      icon={<MessagesSquare />}
      title="No rooms yet"
      description="A room shows up with the first message event that names it."
    />
  )
}

function AllRooms() {
  return (
    <Button asChild>
      <Link href="/rooms">All rooms</Link>
    </Button>
  )
}
