import type { Metadata } from 'next'
import { Handshake } from 'lucide-react'
import Link from 'next/link'
import { boundedCount } from '@/components/partnerships/bounded-count'
import { PartnershipTable } from '@/components/partnerships/partnership-table'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { SearchBox } from '@/components/ui/search-box'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { readListView } from '@/lib/list-view/read-list-view'
import { listPartnerships } from '@/lib/queries/list-partnerships'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readPosition, type SearchParams } from '@/lib/queries/read-search-params'

type PartnershipList = Pick<Awaited<ReturnType<typeof listPartnerships>>, 'total' | 'matches'>

export const metadata: Metadata = { title: 'Partnerships' }

export default async function PartnershipsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await orRefusal(async () => {
    const view = readListView(params)
    return { view, list: await listPartnerships(view, readPosition(params)) }
  })
  if ('refusal' in result) {
    return (
      <RefusedAddress reason={result.refusal} href="/partnerships" linkText="All partnerships" />
    )
  }
  const { view, list } = result.value
  const { column, descending } = view.sort ?? { column: 'name', descending: false }
  const filters = { ...(view.q && { q: view.q }), sort: (descending ? '-' : '') + column }
  return (
    <>
      <PageHeader
        title="Partnerships"
        description={<Counts list={list} />}
        actions={<SearchBox label="Search partnerships" placeholder="Name, domain or e-mail" />}
      />
      <Card>
        {list.page.rows.length > 0 ? (
          <PartnershipTable rows={list.page.rows} filters={filters} />
        ) : (
          <NoPartnerships list={list} />
        )}
      </Card>
      <Pager page={list.page} label="Pages of partnerships" />
    </>
  )
}

function Counts({ list: { total, matches } }: { list: PartnershipList }) {
  const all = boundedCount(total, 'partnership', 'partnerships')
  return (
    <span role="status">
      {matches ? `${boundedCount(matches, 'match', 'matches')} in ${all}` : all}
    </span>
  )
}

function NoPartnerships({ list: { total, matches } }: { list: PartnershipList }) {
  if (total.count === 0) {
    return (
      <EmptyState
        icon={<Handshake />}
        title="No partnerships yet"
        description="A partnership shows up here with its first partner event."
      />
    )
  }
  if (matches?.count === 0) {
    return (
      <EmptyState
        icon={<Handshake />}
        title="No partnership matches"
        description="Every word must occur in the name, the domain, the website or the e-mail address. One or two letters must begin a word."
        actions={<AllPartnerships />}
      />
    )
  }
  return (
    <EmptyState
      icon={<Handshake />}
      title="Nothing on this page any more"
      description="The partnerships that were here have changed since."
      actions={<AllPartnerships />}
    />
  )
}

function AllPartnerships() {
  return (
    <Button asChild>
      <Link href="/partnerships">All partnerships</Link>
    </Button>
  )
}
