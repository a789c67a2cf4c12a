import type { ContactEventBody, ContactSnapshot } from '@/lib/schemas/contact'
import { noChanges, type Changes, type ContactRow } from './changes'
import { versionAt, type EventSource } from './event-source'
import { projectConfiguration } from './project-configuration'
import { projectCustomFields } from './project-custom-fields'

/**
 * partner_contact_created and partner_contact_updated: every contact in the event, wherever it stood
 * (journeybee.md, The partner family). One that stands twice counts once: the last wins, as with fields.
 */
export function projectContacts(body: ContactEventBody, source: EventSource): Changes {
  const changes = noChanges()
  const contacts = new Map(body.contacts.map((contact) => [contact.key, contact]))
  const fields = new Map<string, Changes['customFields'][number]>()
  for (const contact of contacts.values()) {
    const { row, definitions } = projectContact(contact, source)
    changes.contacts.push(row)
    for (const definition of definitions) fields.set(definition.uuid, definition)
  }
  changes.customFields = [...fields.values()]
  changes.integrationSettings = projectConfiguration(body.configuration, source)
  return changes
}

function projectContact(contact: ContactSnapshot, source: EventSource) {
  const version = versionAt(source, source.sentAt)
  const { definitions, values } = projectCustomFields(contact.custom_fields, version)
  const row: ContactRow = {
    ...version,
    uuid: contact.key,
    externalId: contact.id,
    partnershipUuid: contact.partnership_uuid,
    email: contact.email,
    firstName: contact.first_name,
    lastName: contact.last_name,
    position: contact.position,
    phoneNumber: contact.phone_number,
    contactCompanyName: contact.company_name,
    tags: contact.tags.map((tag) => ({
      uuid: tag.uuid,
      id: tag.id,
      label: tag.label,
      backgroundColor: tag.background_color,
      textColor: tag.text_color,
    })),
    customFieldValues: values,
  }
  return { row, definitions }
}
