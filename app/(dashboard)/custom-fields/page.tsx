import { CustomFieldTable } from '@/components/custom-fields/custom-field-table'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { SearchBox } from '@/components/ui/search-box'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listCustomFields } from '@/lib/queries/list-custom-fields'
import { readListView } from '@/lib/list-view/read-list-view'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'

export const metadata = { title: 'Custom fields' }

export default async function CustomFieldsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const shown = await orRefusal(async () => {
    const view = readListView(params)
    const { page } = await listCustomFields(view, readPosition(params))
    return { q: view.q, page }
  })
  if ('refusal' in shown) return <RefusedAddress reason={shown.refusal} href="/custom-fields" />
  const { q, page } = shown.value
  return (
    <>
      <PageHeader
        title="Custom fields"
        description="What JourneyBee keeps about partnerships and contacts beside its own fields, and how many have it filled."
        actions={<SearchBox label="Search custom fields by label" placeholder="Search by label" />}
      />
      <Card>
        <CustomFieldTable rows={page.rows} query={q} />
      </Card>
      <Pager page={page} />
    </>
  )
}
