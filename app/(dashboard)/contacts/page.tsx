import type { Metadata } from 'next'
import { Users } from 'lucide-react'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { ContactTable } from '@/components/contacts/contact-table'
import { boundedCount } from '@/components/partnerships/bounded-count'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { RefusedAddress } from '@/components/ui/refused-address'
import { SearchBox } from '@/components/ui/search-box'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { listViewParams } from '@/lib/list-view/list-view-params'
import { partnershipFilter } from '@/lib/list-view/partnership-filter'
import { readListView } from '@/lib/list-view/read-list-view'
import { listContacts } from '@/lib/queries/list-contacts'
import { orRefusal } from '@/lib/queries/or-refusal'
import { readParam, readPosition, type SearchParams } from '@/lib/queries/read-search-params'

type ContactList = Pick<Awaited<ReturnType<typeof listContacts>>, 'total' | 'matches'>

export const metadata: Metadata = { title: 'Contacts' }

export default async function ContactsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await orRefusal(async () => {
    const uuid = readParam(params, 'partnership')
    const companyUuid = readParam(params, 'company')
    if (uuid && companyUuid) {
      // The address that the contacts of a partnership had before filters were in addresses.
      const filters = [partnershipFilter({ companyUuid, uuid })]
      redirect(`/contacts?${listViewParams({ filters })}`)
    }
    const view = readListView(params)
    return { view, list: await listContacts(view, readPosition(params)) }
  })
  if ('refusal' in result) {
    return <RefusedAddress reason={result.refusal} href="/contacts" linkText="All contacts" />
  }
  const { view, list } = result.value
  return (
    <>
      <PageHeader
        title="Contacts"
        description={<Counts list={list} />}
        actions={
          <>
            {view.filters.length > 0 && <AllContacts />}
            <SearchBox label="Search contacts" placeholder="Name, e-mail or position" />
          </>
        }
      />
      <Card>
        {list.page.rows.length > 0 ? (
          <ContactTable rows={list.page.rows} view={view} />
        ) : (
          <NoContacts list={list} searched={view.q !== undefined} />
        )}
      </Card>
      <Pager page={list.page} label="Pages of contacts" />
    </>
  )
}

function Counts({ list: { total, matches } }: { list: ContactList }) {
  const all = boundedCount(total, 'contact', 'contacts')
  const text = matches ? `${boundedCount(matches, 'match', 'matches')} in ${all}` : all
  return <span role="status">{text}</span>
}

function NoContacts({ list, searched }: { list: ContactList; searched: boolean }) {
  const { total, matches } = list
  if (total.count === 0) {
    return (
      <EmptyState
        icon={<Users />}
        title="No contacts yet"
        description="A contact shows up here with its first contact event."
      />
    )
  }
  if (matches?.count === 0) {
    return (
      <EmptyState
        icon={<Users />}
        title={searched ? 'No contact matches' : 'No contacts of this partnership yet'}
        description={
          searched &&
          'Every word must occur in the name, the e-mail address, the company or the position. One or two letters must begin a word.'
        }
        actions={<AllContacts />}
      />
    )
  }
  return (
    <EmptyState
      icon={<Users />}
      title="Nothing on this page any more"
      description="The contacts that were here have changed since."
      actions={<AllContacts />}
    />
  )
}

function AllContacts() {
  return (
    <Button asChild>
      <Link href="/contacts">All contacts</Link>
    </Button>
  )
}
