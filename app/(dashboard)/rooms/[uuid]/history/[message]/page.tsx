import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { messageHref, roomHref } from '@/components/addresses'
import { RelatedPartnership } from '@/components/rooms/related-partnership'
import { RevisionList } from '@/components/rooms/revision-list'
import { PageHeader } from '@/components/ui/page-header'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { decodeSegment } from '@/lib/queries/decode-segment'
import { findRooms } from '@/lib/queries/find-room'
import { listMessageHistory } from '@/lib/queries/list-message-history'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam, type SearchParams } from '@/lib/queries/read-search-params'

export const metadata: Metadata = { title: 'Edits of a message' }

type Props = {
  params: Promise<{ uuid: string; message: string }>
  searchParams: Promise<SearchParams>
}

export default async function MessageHistoryPage({ params, searchParams }: Props) {
  await requireUserOrSignIn()
  const { uuid, message } = await params
  const roomUuid = decodeSegment(uuid)
  const messageUuid = decodeSegment(message)
  const query = await searchParams
  const company = await orRefusal(async () => readParam(query, 'company'))
  if ('refusal' in company) {
    return <RefusedAddress reason={company.refusal} href="/rooms" linkText="All rooms" />
  }
  const companyUuid = company.value
  if (roomUuid === null || messageUuid === null || companyUuid === undefined) notFound()
  const [[room], history] = await Promise.all([
    findRooms(roomUuid, companyUuid),
    listMessageHistory({ companyUuid, roomUuid, uuid: messageUuid }),
  ])
  if (!room || !history) notFound()
  return (
    <>
      <PageHeader
        title="Edits of a message"
        breadcrumbs={[
          { label: 'Rooms', href: '/rooms' },
          { label: <RelatedPartnership {...room} />, href: roomHref(room) },
          { label: 'Message', href: messageHref({ companyUuid, roomUuid, uuid: messageUuid }) },
        ]}
        description="What it has said, the newest text first, as its events tell it. Times in UTC."
      />
      <RevisionList revisions={history.revisions} />
      {history.isCut && (
        <p className="mt-3 text-sm text-muted">Only its newest events are shown here.</p>
      )}
    </>
  )
}
