import { CustomFieldSection } from '@/components/custom-fields/custom-field-section'
import { AwaitedProfile } from '@/components/partnerships/awaited-profile'
import { ContactSection } from '@/components/partnerships/contact-section'
import { EventSection } from '@/components/partnerships/event-section'
import { FileSection } from '@/components/partnerships/file-section'
import { PartnershipProfile } from '@/components/partnerships/partnership-profile'
import { RoomSection } from '@/components/partnerships/room-section'
import { findAwaitedPartnership } from '@/lib/queries/find-awaited-partnership'
import type { Partnership } from '@/lib/queries/find-partnership'
import { listCustomFieldValues } from '@/lib/queries/list-custom-field-values'
import { listPartnershipContacts } from '@/lib/queries/list-partnership-contacts'
import { listPartnershipFiles } from '@/lib/queries/list-partnership-files'
import { listPartnershipRooms } from '@/lib/queries/list-partnership-rooms'
import { listPartnershipEvents } from '@/lib/queries/list-subject-events'
import type { RecordKey } from '@/lib/queries/record-key'

/** How a partnership is now, and what belongs to it. */
export async function overviewTab(partnership: Partnership) {
  const [fields, around] = await Promise.all([
    listCustomFieldValues('partnership', partnership),
    loadAround(partnership),
  ])
  return (
    <Columns partnership={partnership} around={around}>
      <PartnershipProfile partnership={partnership} />
      <CustomFieldSection companyUuid={partnership.companyUuid} {...fields} />
    </Columns>
  )
}

/** What is known of a partnership whose own event has not come. */
export async function awaitedOverview(key: RecordKey) {
  const [known, around] = await Promise.all([findAwaitedPartnership(key), loadAround(key)])
  return (
    <Columns partnership={key} around={around}>
      <AwaitedProfile partnership={key} known={known} />
    </Columns>
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
