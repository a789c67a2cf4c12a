import { ACCEPTED, type Delivery } from './delivery'
import { claimsOf } from './sample-company'
import { contactBody, type SampleContact } from './sample-contact'
import { messageBody, type SampleMessage } from './sample-message'
import { partnershipBody, type SamplePartnership } from './sample-partnership'
import type { SampleSource } from './sample-source'

/** A partnership's snapshot, for each customer who has that partner. */
export function* partnershipDeliveries(
  partnership: SamplePartnership,
  eventType: 'partner_created' | 'partner_updated',
  at: number,
): Generator<Delivery> {
  for (const company of [partnership.company, partnership.alsoSeenBy]) {
    if (!company) continue
    const user = company.users[partnership.number % company.users.length]
    yield {
      eventType,
      claims: claimsOf(company, user?.uuid ?? company.uuid, eventType),
      iat: Math.floor(at / 1000),
      body: partnershipBody(partnership),
      expected: ACCEPTED,
    }
  }
}

/** A contact, as the company of its partnership is told of it. */
export function contactDelivery(
  source: SampleSource,
  contact: SampleContact,
  eventType: 'partner_contact_created' | 'partner_contact_updated',
  at: number,
): Delivery {
  const { company } = contact.partnership
  return {
    eventType,
    claims: claimsOf(company, source.pick(company.users).uuid, eventType),
    iat: Math.floor(at / 1000),
    body: contactBody(source, contact),
    expected: ACCEPTED,
  }
}

/** One of the three message events, as the company of its room is told of it. */
export function messageDelivery(
  message: SampleMessage,
  eventType: 'message_created' | 'message_updated' | 'message_deleted',
  at: number,
): Delivery {
  return {
    eventType,
    claims: claimsOf(message.room.partnership.company, message.author.uuid, eventType),
    iat: Math.floor(at / 1000),
    body: messageBody(message),
    expected: ACCEPTED,
  }
}
