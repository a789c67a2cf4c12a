import type { Metadata } from 'next'
import { contactHref } from '@/components/addresses'
import { contactName } from '@/components/contacts/contact-name'
import { ContactProfile } from '@/components/contacts/contact-profile'
import { CustomFieldSection } from '@/components/custom-fields/custom-field-section'
import { EventSection } from '@/components/partnerships/event-section'
import { PageHeader } from '@/components/ui/page-header'
import { findContact, type Contact } from '@/lib/queries/find-contact'
import { listCustomFieldValues } from '@/lib/queries/list-custom-field-values'
import { listContactEvents } from '@/lib/queries/list-subject-events'
import type { RecordAddress } from '@/lib/queries/read-record-address'
import type { RecordKey } from '@/lib/queries/record-key'
import { recordPage, recordTitle, type RecordKind } from '../../record-page'

const KIND: RecordKind<Contact> = {
  word: 'contact',
  breadcrumbs: [{ label: 'Contacts', href: '/contacts' }],
  find: findContact,
  nameOf: contactName,
  hrefOf: contactHref,
}

export function generateMetadata(address: RecordAddress): Promise<Metadata> {
  return recordTitle(address, KIND)
}

export default async function ContactPage(address: RecordAddress) {
  return recordPage(address, KIND, { found: contactPage, awaited: awaitedPage })
}

async function contactPage(contact: Contact) {
  const [fields, events] = await Promise.all([
    listCustomFieldValues('contact', contact),
    listContactEvents(contact),
  ])
  const name = contactName(contact)
  return (
    <>
      <PageHeader
        breadcrumbs={KIND.breadcrumbs}
        title={
          name === null ? (
            <span className="text-muted">Unnamed contact</span>
          ) : (
            <bdi className="break-words">{name}</bdi>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
        <div className="grid min-w-0 gap-4">
          <ContactProfile contact={contact} />
          <CustomFieldSection companyUuid={contact.companyUuid} {...fields} />
        </div>
        <EventSection events={events} />
      </div>
    </>
  )
}

async function awaitedPage(key: RecordKey) {
  const events = await listContactEvents(key)
  return (
    <>
      <PageHeader
        breadcrumbs={KIND.breadcrumbs}
        title="Contact not received yet"
        description="Events name this contact, but none with its profile could be applied so far."
      />
      <EventSection events={events} />
    </>
  )
}
