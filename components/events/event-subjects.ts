import { contactHref, messageHref, partnershipHref, roomHref } from '@/components/addresses'
import type { EventRow } from '@/lib/queries/list-events'

export type Subject = { kind: string; uuid: string; href: string | null }

type Subjects = Pick<
  EventRow,
  'companyUuid' | 'messageUuid' | 'contactUuid' | 'roomUuid' | 'partnershipUuid'
>

/** What an event is about, the narrowest first, with the pages that show it. */
export function eventSubjects(event: Subjects): Subject[] {
  const { companyUuid, messageUuid, contactUuid, roomUuid, partnershipUuid } = event
  const subjects: Subject[] = []
  if (messageUuid) {
    // A message has no page of its own: it is shown in its room.
    const href = roomUuid ? messageHref({ companyUuid, roomUuid, uuid: messageUuid }) : null
    subjects.push({ kind: 'Message', uuid: messageUuid, href })
  }
  if (contactUuid) {
    const href = contactHref({ companyUuid, uuid: contactUuid })
    subjects.push({ kind: 'Contact', uuid: contactUuid, href })
  }
  if (roomUuid) {
    subjects.push({ kind: 'Room', uuid: roomUuid, href: roomHref({ companyUuid, uuid: roomUuid }) })
  }
  if (partnershipUuid) {
    const href = partnershipHref({ companyUuid, uuid: partnershipUuid })
    subjects.push({ kind: 'Partnership', uuid: partnershipUuid, href })
  }
  return subjects
}
