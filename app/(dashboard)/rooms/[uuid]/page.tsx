import { cache } from 'react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { roomHref } from '@/components/addresses'
import { RecordChoice } from '@/components/partnerships/record-choice'
import { titleText } from '@/components/partnerships/visible-text'
import { MessageThread } from '@/components/rooms/message-thread'
import { RoomHeader } from '@/components/rooms/room-header'
import { RoomTimeline } from '@/components/rooms/room-timeline'
import { ScrollTo } from '@/components/rooms/scroll-to'
import { messageAnchor } from '@/components/addresses'
import { RefusedAddress } from '@/components/ui/refused-address'
import { findUser } from '@/lib/auth/current-user'
import { isAdministrator } from '@/lib/auth/require-administrator'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { InvalidAddressError } from '@/lib/errors'
import { findRooms, type RoomHead } from '@/lib/queries/find-room'
import { listRoomMessages } from '@/lib/queries/list-room-messages'
import { listThread, MAX_THREAD } from '@/lib/queries/list-thread'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readDay } from '@/lib/queries/room-filters'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { decodeSegment } from '@/lib/queries/decode-segment'
import { markVisitedAction } from './mark-visited-action'
import { revealMessageAction } from './reveal-message-action'

type Props = { params: Promise<{ uuid: string }>; searchParams: Promise<SearchParams> }

const loadRooms = cache(findRooms)

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const uuid = decodeSegment((await params).uuid)
  const query = await searchParams
  const company = await orRefusal(async () => readParam(query, 'company'))
  if (uuid === null || 'refusal' in company || !(await findUser())) return { title: 'Room' }
  const [room, ...others] = await loadRooms(uuid, company.value)
  return { title: others.length === 0 ? titleText(room?.partnershipName, 'Room') : 'Room' }
}

export default async function RoomPage({ params, searchParams }: Props) {
  const user = await requireUserOrSignIn()
  const uuid = decodeSegment((await params).uuid)
  if (uuid === null) notFound()
  const query = await searchParams
  const company = await orRefusal(async () => readParam(query, 'company'))
  if ('refusal' in company) return <Refusal reason={company.refusal} />
  const [room, ...others] = await loadRooms(uuid, company.value)
  if (!room) notFound()
  if (others.length > 0) return <Choice rooms={[room, ...others]} />
  const content = await orRefusal(() => load(room, query))
  if ('refusal' in content) return <Refusal reason={content.refusal} room={room} />
  const { message, thread, page, readsOn, date } = content.value
  const reveal = isAdministrator(user) ? revealMessageAction : undefined
  return (
    <>
      <RoomHeader room={room} inThread={thread !== undefined} />
      {page && (
        <RoomTimeline
          room={{ companyUuid: room.companyUuid, uuid: room.uuid }}
          page={page}
          message={message}
          readsOn={readsOn}
          date={date}
          place={JSON.stringify(query)}
          reveal={reveal}
          markVisited={markVisitedAction}
        />
      )}
      {thread && (
        <>
          <div className="rounded-lg border bg-surface">
            <MessageThread
              messages={thread.messages}
              room={room}
              target={thread.asked}
              reveal={reveal}
            />
          </div>
          {thread.isCut && (
            <p className="mt-2 text-sm text-muted">
              A thread shows its first {MAX_THREAD} messages; the room has all of them.
            </p>
          )}
          <ScrollTo id={messageAnchor(thread.asked)} block="center" focus />
        </>
      )}
    </>
  )
}

// As many as fill a window; more come as soon as it is there.
const OPENING_SIZE = 30

async function load(room: RoomHead, query: SearchParams) {
  const message = readParam(query, 'message')
  const asked = readParam(query, 'thread')
  const position = readPosition(query)
  if (asked !== undefined) {
    const key = { companyUuid: room.companyUuid, roomUuid: room.uuid, uuid: asked }
    const thread = await listThread(key)
    if (!thread) {
      throw new InvalidAddressError('This room has no such message, so there is no thread of it.')
    }
    return {
      message,
      thread: { ...thread, asked },
      page: undefined,
      readsOn: false,
      date: undefined,
    }
  }
  const moment = readDay(query, 'date')
  // Half of them are before the day, which shall stand at the top of the window.
  const size = moment === undefined ? OPENING_SIZE : 2 * OPENING_SIZE
  const page = await listRoomMessages(room, { ...position, message, moment }, size)
  const date = moment?.toISOString().slice(0, 10)
  return { message, thread: undefined, page, readsOn: position.after !== undefined, date }
}

function Choice({ rooms }: { rooms: RoomHead[] }) {
  return (
    <RecordChoice
      title="Which company’s room?"
      breadcrumbs={[{ label: 'Rooms', href: '/rooms' }]}
      description="Several companies have a room with this id."
      options={rooms.map((room) => ({ ...room, name: room.partnershipName }))}
      hrefOf={roomHref}
      unnamed="Unnamed partnership"
    />
  )
}

function Refusal({ reason, room }: { reason: string; room?: RoomHead }) {
  return room ? (
    <RefusedAddress reason={reason} href={roomHref(room)} linkText="Newest messages" />
  ) : (
    <RefusedAddress reason={reason} href="/rooms" linkText="All rooms" />
  )
}
