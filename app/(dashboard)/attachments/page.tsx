import type { Metadata } from 'next'
import { Paperclip } from 'lucide-react'
import { AttachmentGrid } from '@/components/attachments/attachment-grid'
import { ListPage } from '@/components/data-grid/list-page'
import { withPartnershipName } from '@/components/partnerships/with-partnership-name'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listAttachments } from '@/lib/queries/list-attachments'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { openList } from '../open-list'
import { pageViewActions } from '../page-view-actions'

export const metadata: Metadata = { title: 'Attachments' }

export default async function AttachmentsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await openList('attachments', params, listAttachments)
  if ('refusal' in result) {
    return (
      <RefusedAddress
        reason={result.refusal}
        href="/attachments?view=all"
        linkText="All attachments"
      />
    )
  }
  const { view, answer } = result.value
  const { rows } = answer.page
  return (
    <ListPage
      list="attachments"
      title="Attachments"
      one="attachment"
      many="attachments"
      none="Files show up here with the messages that carry them."
      icon={<Paperclip />}
      search={{ label: 'Search attachments by file name', placeholder: 'File name' }}
      ownSort={{ column: 'sent', descending: true }}
      opened={{
        ...result.value,
        answer: { ...answer, columns: withPartnershipName(answer.columns, view, rows) },
      }}
      viewActions={pageViewActions}
      grid={rows.length > 0 && <AttachmentGrid rows={rows} />}
    />
  )
}
