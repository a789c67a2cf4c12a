import { POSITIONS } from './catalogue'
import type { SampleTag } from './sample-company'
import { fillField, fillFields, type FieldSnapshot } from './sample-custom-fields'
import type { SamplePartnership } from './sample-partnership'
import type { SampleSource } from './sample-source'

export type SampleContact = {
  partnership: SamplePartnership
  id: number
  uuid: string
  email: string
  firstName: string
  lastName: string
  position: string
  phone: string
  tags: SampleTag[]
  customFields: FieldSnapshot[]
}

// Where a contact may stand in the body (journeybee.md, The partner family): the seed page does not say.
const PLACES = [
  'contact',
  'partner_contact',
  'partnership_contact',
  'partnership.contact',
  'partnership.contacts',
] as const

/** Makes a contact of a partnership. `id` is its number in JourneyBee's REST API. */
export function makeContact(
  source: SampleSource,
  partnership: SamplePartnership,
  id: number,
  now: number,
): SampleContact {
  const { company, snapshot } = partnership
  const firstName = source.faker.person.firstName()
  const lastName = source.faker.person.lastName()
  const mailbox = `${firstName}.${lastName}.${id}`.toLowerCase().replace(/[^a-z0-9.]/g, '')
  return {
    partnership,
    id,
    uuid: source.uuid('contact'),
    email: `${mailbox}@${snapshot.company_domain}`,
    firstName,
    lastName,
    position: source.pick(POSITIONS),
    phone: `+1-555-${String(100 + (id % 900))}-01${String(id % 100).padStart(2, '0')}`,
    tags: company.tags.filter(() => source.chance(0.25)),
    customFields: fillFields(source, company.contactFields, now),
  }
}

/** Changes a contact in place: another position, other tags, another custom field value. */
export function changeContact(source: SampleSource, contact: SampleContact, now: number): void {
  contact.position = source.pick(POSITIONS)
  contact.tags = contact.partnership.company.tags.filter(() => source.chance(0.3))
  const index = source.int(0, contact.customFields.length - 1)
  const field = contact.partnership.company.contactFields[index]
  if (field) contact.customFields[index] = fillField(source, field, now)
}

/** The body of a contact event, with the contact in one of the five places that are accepted. */
export function contactBody(source: SampleSource, contact: SampleContact): string {
  const { partnership } = contact
  const place = source.pick(PLACES)
  const inPartnership = place.startsWith('partnership.')
  const item = {
    id: contact.id,
    uuid: contact.uuid,
    email: contact.email,
    first_name: contact.firstName,
    last_name: contact.lastName,
    position: contact.position,
    phone_number: contact.phone,
    company_name: partnership.snapshot.company_name,
    partnership_id: partnership.number,
    ...(inPartnership ? {} : { partnership_uuid: partnership.uuid }),
    tags: contact.tags,
    custom_fields: contact.customFields,
  }
  const configuration = partnership.company.configuration
  if (!inPartnership) return JSON.stringify({ [place]: item, configuration })
  const holder = place === 'partnership.contact' ? { contact: item } : { contacts: [item] }
  return JSON.stringify({ partnership: { uuid: partnership.uuid, ...holder }, configuration })
}
