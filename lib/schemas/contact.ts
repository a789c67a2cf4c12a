import { z } from 'zod'
import { configuration } from './configuration'
import { customField } from './custom-field'
import { boundedList, optionalIdentifier, optionalList, optionalText } from './primitives'
import { storableText } from './storable'

const numericOrTextId = z
  .union([z.string().max(200), z.number()])
  .nullish()
  .transform((id) => (id == null || id === '' ? null : storableText(String(id))))

const tag = z.looseObject({
  id: numericOrTextId,
  uuid: optionalIdentifier,
  label: optionalText,
  background_color: optionalText,
  text_color: optionalText,
})

// The seed page shows no contact; this is the REST API's (journeybee.md, The partner family).
const contact = z
  .looseObject({
    uuid: optionalIdentifier,
    id: numericOrTextId,
    email: optionalText,
    first_name: optionalText,
    last_name: optionalText,
    position: optionalText,
    phone_number: optionalText,
    company_name: optionalText,
    partnership_id: numericOrTextId,
    partnership_uuid: optionalIdentifier,
    tags: optionalList(tag),
    custom_fields: optionalList(customField),
  })
  .transform((value, context) => {
    const key = contactKey(value)
    if (key !== null) return { ...value, key }
    context.addIssue({ code: 'custom', message: 'a contact needs a uuid, an id or an e-mail' })
    return z.NEVER
  })

export type ContactSnapshot = z.output<typeof contact>

const container = z.looseObject({
  partnership: z
    .looseObject({
      uuid: optionalIdentifier,
      contact: contact.nullish(),
      contacts: boundedList(contact).nullish(),
    })
    .nullish(),
  contact: contact.nullish(),
  partner_contact: contact.nullish(),
  partnership_contact: contact.nullish(),
  configuration,
})

/**
 * The contacts of a contact event, wherever they stand, each with the partnership it belongs to.
 * A body without one is refused with a sentence: the event is stored as invalid and says so.
 */
export const contactEventBody = container.transform((body, context) => {
  const partnershipUuid = body.partnership?.uuid ?? null
  const found = [
    body.contact,
    body.partner_contact,
    body.partnership_contact,
    body.partnership?.contact,
    ...(body.partnership?.contacts ?? []),
  ].filter((item) => item != null)
  if (found.length === 0) {
    context.addIssue({
      code: 'custom',
      message:
        'there is no contact in this event: looked for contact, partner_contact, ' +
        'partnership_contact, partnership.contact and partnership.contacts',
    })
    return z.NEVER
  }
  const contacts = found.map((item) => ({
    ...item,
    partnership_uuid: item.partnership_uuid ?? partnershipUuid,
  }))
  return { contacts, configuration: body.configuration }
})

export type ContactEventBody = z.output<typeof contactEventBody>

function contactKey(value: { uuid: string | null; id: string | null; email: string | null }) {
  if (value.uuid) return value.uuid
  if (value.id) return `id:${value.id}`
  if (value.email) return `email:${value.email.trim().toLowerCase().slice(0, 180)}`
  return null
}
