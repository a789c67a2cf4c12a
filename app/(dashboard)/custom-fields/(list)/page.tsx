import type { Metadata } from 'next'
import { TextCursorInput } from 'lucide-react'
import { CustomFieldGrid } from '@/components/custom-fields/custom-field-grid'
import { ListPage } from '@/components/data-grid/list-page'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listCustomFields } from '@/lib/queries/list-custom-fields'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { openList } from '../../open-list'
import { pageViewActions } from '../../page-view-actions'

export const metadata: Metadata = { title: 'Custom fields' }

export default async function CustomFieldsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await openList('custom-fields', params, listCustomFields)
  if ('refusal' in result) {
    return (
      <RefusedAddress
        reason={result.refusal}
        href="/custom-fields?view=all"
        linkText="All custom fields"
      />
    )
  }
  const { page } = result.value.answer
  return (
    <ListPage
      list="custom-fields"
      title="Custom fields"
      one="custom field"
      many="custom fields"
      none="They arrive with partnerships and contacts: every event lists the fields that JourneyBee has."
      icon={<TextCursorInput />}
      search={{ label: 'Search custom fields by label', placeholder: 'Label' }}
      ownSort={{ column: 'name', descending: false }}
      opened={result.value}
      viewActions={pageViewActions}
      grid={page.rows.length > 0 && <CustomFieldGrid rows={page.rows} />}
    />
  )
}
