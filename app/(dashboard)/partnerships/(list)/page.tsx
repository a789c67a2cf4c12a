import type { Metadata } from 'next'
import { Handshake } from 'lucide-react'
import { PartnershipGrid } from '@/components/partnerships/partnership-grid'
import { ListPage } from '@/components/data-grid/list-page'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { openList } from '../../open-list'
import { pageViewActions } from '../../page-view-actions'

export const metadata: Metadata = { title: 'Partnerships' }

export default async function PartnershipsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await openList('partnerships', params, listPartnerships)
  if ('refusal' in result) {
    return (
      <RefusedAddress
        reason={result.refusal}
        href="/partnerships?view=all"
        linkText="All partnerships"
      />
    )
  }
  const { page } = result.value.answer
  return (
    <ListPage
      list="partnerships"
      title="Partnerships"
      one="partnership"
      many="partnerships"
      none="A partnership shows up here with its first partner event."
      icon={<Handshake />}
      search={{ label: 'Search partnerships', placeholder: 'Name, domain or e-mail' }}
      ownSort={{ column: 'name', descending: false }}
      opened={result.value}
      viewActions={pageViewActions}
      grid={page.rows.length > 0 && <PartnershipGrid rows={page.rows} />}
    />
  )
}
