import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { contactHref } from '@/components/addresses'
import { contactName } from '@/components/contacts/contact-name'
import { ContactProfile } from '@/components/contacts/contact-profile'
import { CustomFieldList } from '@/components/custom-fields/custom-field-list'
import { EventSection } from '@/components/partnerships/event-section'
import { RecordChoice } from '@/components/partnerships/record-choice'
import { Section } from '@/components/partnerships/section'
import { titleText } from '@/components/partnerships/visible-text'
import { PageHeader, type Breadcrumb } from '@/components/ui/page-header'
import { findUser } from '@/lib/auth/current-user'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { findContact, type Contact } from '@/lib/queries/find-contact'
import { listCustomFieldValues } from '@/lib/queries/list-custom-field-values'
import { listContactEvents } from '@/lib/queries/list-subject-events'
import { readRecordAddress, type RecordAddress } from '@/lib/queries/read-record-address'
import type { RecordKey } from '@/lib/queries/record-key'

const BREADCRUMBS: Breadcrumb[] = [{ label: 'Contacts', href: '/contacts' }]
const UNNAMED = 'Unnamed contact'

export async function generateMetadata(address: RecordAddress): Promise<Metadata> {
  const key = await readRecordAddress(address)
  if (!key || !(await findUser())) return { title: 'Contact' }
  const found = await findContact(key.uuid, key.companyUuid)
  if (found.kind === 'awaited') return { title: 'Contact not received yet' }
  if (found.kind !== 'found') return { title: 'Contact' }
  return { title: titleText(contactName(found.record), UNNAMED) }
}

export default async function ContactPage(address: RecordAddress) {
  await requireUserOrSignIn()
  const key = await readRecordAddress(address)
  if (!key) notFound()
  const found = await findContact(key.uuid, key.companyUuid)
  switch (found.kind) {
    case 'unknown':
      return notFound()
    case 'choice':
      return (
        <RecordChoice
          title="Which company’s contact?"
          description="Several companies have a contact with this id."
          breadcrumbs={BREADCRUMBS}
          options={found.options}
          hrefOf={contactHref}
          unnamed="Unnamed or not received yet"
        />
      )
    case 'awaited':
      return awaitedPage(found.key)
    case 'found':
      return contactPage(found.record)
  }
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
        breadcrumbs={BREADCRUMBS}
        title={
          name === null ? (
            <span className="text-muted">{UNNAMED}</span>
          ) : (
            <bdi className="break-words">{name}</bdi>
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
        <div className="grid min-w-0 gap-4">
          <ContactProfile contact={contact} />
          <Section
            title="Custom fields"
            empty={fields.values.length === 0 && 'Its newest event has no custom fields.'}
          >
            <CustomFieldList companyUuid={contact.companyUuid} {...fields} />
          </Section>
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
        breadcrumbs={BREADCRUMBS}
        title="Contact not received yet"
        description="Events name this contact, but none with its profile could be applied so far."
      />
      <EventSection events={events} />
    </>
  )
}
