import type { Metadata } from 'next'
import { Paperclip } from 'lucide-react'
import Link from 'next/link'
import { AttachmentTable } from '@/components/attachments/attachment-table'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { SearchBox } from '@/components/ui/search-box'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listAttachments } from '@/lib/queries/list-attachments'
import { readListView } from '@/lib/list-view/read-list-view'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'

export const metadata: Metadata = { title: 'Attachments' }

export default async function AttachmentsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await orRefusal(async () => {
    const view = readListView(params)
    const { page } = await listAttachments(view, readPosition(params))
    return { q: view.q?.trim() || undefined, page }
  })
  if ('refusal' in result) {
    return <RefusedAddress reason={result.refusal} href="/attachments" linkText="All attachments" />
  }
  const { q, page } = result.value
  return (
    <>
      <PageHeader
        title="Attachments"
        description="Files sent in rooms, the newest first. They stay where JourneyBee keeps them."
        actions={<SearchBox label="Search attachments by file name" placeholder="File name" />}
      />
      <div className="overflow-clip rounded-lg border bg-surface">
        {page.rows.length > 0 ? <AttachmentTable files={page.rows} /> : <NoFiles q={q} />}
      </div>
      <Pager page={page} label="Pages of attachments" />
    </>
  )
}

function NoFiles({ q }: { q: string | undefined }) {
  if (q === undefined) {
    return (
      <EmptyState
        icon={<Paperclip />}
        title="No attachments yet"
        description="Files show up here with the messages that carry them."
      />
    )
  }
  return (
    <EmptyState icon={<Paperclip />} title="No file name matches" actions={<AllAttachments />} />
  )
}

function AllAttachments() {
  return (
    <Button asChild>
      <Link href="/attachments">All attachments</Link>
    </Button>
  )
}
