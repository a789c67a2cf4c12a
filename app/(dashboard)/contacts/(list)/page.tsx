import type { Metadata } from 'next'
import { Users } from 'lucide-react'
import Link from 'next/link'
import { partnershipHref } from '@/components/addresses'
import { ContactGrid } from '@/components/contacts/contact-grid'
import { ListPage } from '@/components/data-grid/list-page'
import { withPartnershipName } from '@/components/partnerships/with-partnership-name'
import { Button } from '@/components/ui/button'
import { RefusedAddress } from '@/components/ui/refused-address'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { partnershipOf } from '@/lib/list-view/partnership-filter'
import { listContacts } from '@/lib/queries/list-contacts'
import type { SearchParams } from '@/lib/queries/read-search-params'
import { openList } from '../../open-list'
import { pageViewActions } from '../../page-view-actions'

export const metadata: Metadata = { title: 'Contacts' }

export default async function ContactsPage(props: { searchParams: Promise<SearchParams> }) {
  await requireUserOrSignIn()
  const params = await props.searchParams
  const result = await openList('contacts', params, listContacts)
  if ('refusal' in result) {
    return (
      <RefusedAddress reason={result.refusal} href="/contacts?view=all" linkText="All contacts" />
    )
  }
  const { view, answer } = result.value
  const { rows } = answer.page
  const partnership = partnershipOf(view)
  return (
    <ListPage
      list="contacts"
      title="Contacts"
      one="contact"
      many="contacts"
      none="A contact shows up here with its first contact event."
      icon={<Users />}
      search={{ label: 'Search contacts', placeholder: 'Name, e-mail or position' }}
      ownSort={{ column: 'name', descending: false }}
      opened={{
        ...result.value,
        answer: { ...answer, columns: withPartnershipName(answer.columns, view, rows) },
      }}
      actions={
        partnership && (
          <Button asChild>
            <Link href={partnershipHref(partnership)}>The partnership</Link>
          </Button>
        )
      }
      viewActions={pageViewActions}
      grid={rows.length > 0 && <ContactGrid rows={rows} />}
    />
  )
}
