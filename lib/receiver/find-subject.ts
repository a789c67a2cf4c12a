import type { EventBodies } from '@/lib/schemas/event-body'
import type { EventType } from '@/lib/schemas/event-types'
import { storableText } from '@/lib/schemas/storable'

/** What an event is about: the columns by which its history is found. */
export type Subject = {
  partnershipUuid: string | null
  contactUuid: string | null
  messageUuid: string | null
  roomUuid: string | null
}

const MAX_ID_LENGTH = 200

const NOTHING: Subject = {
  partnershipUuid: null,
  contactUuid: null,
  messageUuid: null,
  roomUuid: null,
}

const SUBJECTS: { [Type in EventType]: (body: EventBodies[Type]) => Subject } = {
  partner_created: ofPartnership,
  partner_updated: ofPartnership,
  partner_contact_created: ofContact,
  partner_contact_updated: ofContact,
  message_created: ofMessage,
  message_updated: ofMessage,
  message_deleted: ofMessage,
}

/** The subject of a body that fits its schema. Of several contacts it is the first. */
export function findSubject<Type extends EventType>(
  eventType: Type,
  body: EventBodies[Type],
): Subject {
  return SUBJECTS[eventType](body)
}

/** The same from a body that no schema has passed: only what is plainly an id where one is expected. */
export function guessSubject(body: Record<string, unknown>): Subject {
  const partnership = objectAt(body, 'partnership')
  const message = objectAt(body, 'message')
  const contact = objectAt(body, 'contact') ?? objectAt(body, 'partner_contact')
  return {
    partnershipUuid:
      idAt(partnership, 'uuid') ??
      idAt(message, 'partnership_uuid') ??
      idAt(contact, 'partnership_uuid'),
    contactUuid: idAt(contact, 'uuid'),
    messageUuid: idAt(message, 'uuid'),
    roomUuid: idAt(message, 'room_uuid'),
  }
}

function ofPartnership(body: EventBodies['partner_created']): Subject {
  return { ...NOTHING, partnershipUuid: body.partnership.uuid }
}

function ofContact(body: EventBodies['partner_contact_created']): Subject {
  const [contact] = body.contacts
  return {
    ...NOTHING,
    partnershipUuid: contact?.partnership_uuid ?? null,
    contactUuid: contact?.key ?? null,
  }
}

function ofMessage({ message }: EventBodies['message_created' | 'message_deleted']): Subject {
  return {
    ...NOTHING,
    partnershipUuid: message.partnership_uuid,
    messageUuid: message.uuid,
    roomUuid: message.room_uuid,
  }
}

function objectAt(owner: Record<string, unknown>, key: string): Record<string, unknown> | null {
  const value = Object.hasOwn(owner, key) ? owner[key] : null
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null
}

function idAt(owner: Record<string, unknown> | null, key: string): string | null {
  const value = owner && Object.hasOwn(owner, key) ? owner[key] : null
  const isId = typeof value === 'string' && value.length > 0 && value.length <= MAX_ID_LENGTH
  return isId ? storableText(value) : null
}
