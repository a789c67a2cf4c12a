import type { Metadata } from 'next'
import { Handshake } from 'lucide-react'
import { redirect } from 'next/navigation'
import { ListCounts } from '@/components/data-grid/list-counts'
import { ListEmpty } from '@/components/data-grid/list-empty'
import { ListPage } from '@/components/data-grid/list-page'
import { SimilarNotice } from '@/components/data-grid/similar-notice'
import { fieldCells } from '@/components/custom-fields/field-cells'
import { partnershipHref } from '@/components/addresses'
import { partnershipCells } from '@/components/partnerships/partnership-cells'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { readListView } from '@/lib/list-view/read-list-view'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'
import { listSavedViews, savedViewQuery } from '@/lib/queries/saved-views'
import { pageViewActions } from '../page-view-actions'

export const metadata: Metadata = { title: 'Partnerships' }

export default async function PartnershipsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await orRefusal(async () => {
    const stored = await savedViewQuery('partnerships', params)
    if (stored !== null) redirect(`/partnerships?${stored}`)
    const view = readListView(params)
    const position = readPosition(params)
    const [list, views] = await Promise.all([
      listPartnerships(view, position),
      listSavedViews('partnerships', view.view),
    ])
    return { view, position, list, views }
  })
  if ('refusal' in result) {
    return (
      <RefusedAddress
        reason={result.refusal}
        href="/partnerships?view=all"
        linkText="All partnerships"
      />
    )
  }
  const { view, position, list, views } = result.value
  return (
    <ListPage
      list="partnerships"
      title="Partnerships"
      one="partnership"
      many="partnerships"
      counts={<ListCounts list={list} one="partnership" many="partnerships" />}
      search={{ label: 'Search partnerships', placeholder: 'Name, domain or e-mail' }}
      view={view}
      columns={list.columns}
      ownSort={{ column: 'name', descending: false }}
      position={position}
      saved={{ views, actions: pageViewActions }}
      notice={list.searchMode === 'similar' && <SimilarNotice query={view.q} />}
      page={list.page}
      rows={list.page.rows.map((row) => ({
        key: JSON.stringify([row.companyUuid, row.uuid]),
        href: partnershipHref(row),
        cells: { ...partnershipCells(row), ...fieldCells(row.fields) },
      }))}
      empty={
        <ListEmpty
          list={list}
          path="/partnerships"
          icon={<Handshake />}
          one="partnership"
          many="partnerships"
          none="A partnership shows up here with its first partner event."
        />
      }
    />
  )
}
