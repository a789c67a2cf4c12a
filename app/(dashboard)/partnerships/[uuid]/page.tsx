import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { partnershipHref } from '@/components/addresses'
import { CustomFieldList } from '@/components/custom-fields/custom-field-list'
import { AwaitedHeader } from '@/components/partnerships/awaited-header'
import { AwaitedProfile } from '@/components/partnerships/awaited-profile'
import { ContactSection } from '@/components/partnerships/contact-section'
import { EventSection } from '@/components/partnerships/event-section'
import { FileSection } from '@/components/partnerships/file-section'
import { PartnershipHeader } from '@/components/partnerships/partnership-header'
import { PartnershipProfile } from '@/components/partnerships/partnership-profile'
import { RecordChoice } from '@/components/partnerships/record-choice'
import { RoomSection } from '@/components/partnerships/room-section'
import { Section } from '@/components/partnerships/section'
import { titleText } from '@/components/partnerships/visible-text'
import { findUser } from '@/lib/auth/current-user'
import { requireUserOrSignIn } from '@/lib/auth/require-user-or-sign-in'
import { findAwaitedPartnership } from '@/lib/queries/find-awaited-partnership'
import { findPartnership, type Partnership } from '@/lib/queries/find-partnership'
import { listCustomFieldValues } from '@/lib/queries/list-custom-field-values'
import { listPartnershipContacts } from '@/lib/queries/list-partnership-contacts'
import { listPartnershipFiles } from '@/lib/queries/list-partnership-files'
import { listPartnershipRooms } from '@/lib/queries/list-partnership-rooms'
import { listPartnershipEvents } from '@/lib/queries/list-subject-events'
import { readRecordAddress, type RecordAddress } from '@/lib/queries/read-record-address'
import type { RecordKey } from '@/lib/queries/record-key'

export async function generateMetadata(address: RecordAddress): Promise<Metadata> {
  const key = await readRecordAddress(address)
  if (!key || !(await findUser())) return { title: 'Partnership' }
  const found = await findPartnership(key.uuid, key.companyUuid)
  if (found.kind === 'awaited') return { title: 'Partnership not received yet' }
  if (found.kind !== 'found') return { title: 'Partnership' }
  return { title: titleText(found.record.name, 'Unnamed partnership') }
}

export default async function PartnershipPage(address: RecordAddress) {
  await requireUserOrSignIn()
  const key = await readRecordAddress(address)
  if (!key) notFound()
  const found = await findPartnership(key.uuid, key.companyUuid)
  switch (found.kind) {
    case 'unknown':
      return notFound()
    case 'choice':
      return (
        <RecordChoice
          title="Which company’s partnership?"
          description="Several companies have a partnership with this id."
          breadcrumbs={[{ label: 'Partnerships', href: '/partnerships' }]}
          options={found.options}
          hrefOf={partnershipHref}
          unnamed="Unnamed or not received yet"
        />
      )
    case 'awaited':
      return awaitedPage(found.key)
    case 'found':
      return partnershipPage(found.record)
  }
}

async function partnershipPage(partnership: Partnership) {
  const [fields, around] = await Promise.all([
    listCustomFieldValues('partnership', partnership),
    loadAround(partnership),
  ])
  return (
    <>
      <PartnershipHeader partnership={partnership} />
      <Columns partnership={partnership} around={around}>
        <PartnershipProfile partnership={partnership} />
        <Section
          title="Custom fields"
          empty={fields.values.length === 0 && 'Its newest event has no custom fields.'}
        >
          <CustomFieldList companyUuid={partnership.companyUuid} {...fields} />
        </Section>
      </Columns>
    </>
  )
}

async function awaitedPage(key: RecordKey) {
  const [known, around] = await Promise.all([findAwaitedPartnership(key), loadAround(key)])
  return (
    <>
      <AwaitedHeader />
      <Columns partnership={key} around={around}>
        <AwaitedProfile partnership={key} known={known} />
      </Columns>
    </>
  )
}

async function loadAround(key: RecordKey) {
  const [contacts, rooms, files, events] = await Promise.all([
    listPartnershipContacts(key),
    listPartnershipRooms(key),
    listPartnershipFiles(key),
    listPartnershipEvents(key),
  ])
  return { contacts, rooms, files, events }
}

type ColumnsProps = {
  partnership: RecordKey
  around: Awaited<ReturnType<typeof loadAround>>
  children: React.ReactNode
}

function Columns({ partnership, around, children }: ColumnsProps) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,22rem)]">
      <div className="grid min-w-0 gap-4">
        {children}
        <ContactSection partnership={partnership} {...around.contacts} />
      </div>
      <div className="grid min-w-0 gap-4">
        <RoomSection partnership={partnership} {...around.rooms} />
        <FileSection files={around.files} />
        <EventSection events={around.events} />
      </div>
    </div>
  )
}
