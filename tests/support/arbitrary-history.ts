import fc from 'fast-check'
import { attachment } from './sample-bodies'
import type { TestEvent } from './insert-events'

/**
 * Histories over very few subjects and moments, so that everything collides: events at the same moment,
 * messages that move between rooms, deletions before creations, replies before their parents, contacts
 * before their partnerships, fields that change their type, settings that change their value.
 */
export function arbitraryHistory(): fc.Arbitrary<TestEvent[]> {
  return fc.array(arbitraryEvent(), { minLength: 1, maxLength: 24 })
}

/** A history in which no two events have the same moment: its outcome depends on nothing else. */
export function arbitraryDistinctHistory(): fc.Arbitrary<TestEvent[]> {
  return arbitraryHistory().map((events) => events.map(atDistinctMoment))
}

const SECOND = 1_000

const moment = fc.integer({ min: 1, max: 5 }).map((second) => new Date(second * SECOND))
const company = fc.constantFrom('company_1', 'company_2')
const text = fc.constantFrom(null, '', 'Ann', 'Zoë', 'a\u0000b', '\ud800', '__proto__', 'שלום')

function oneOf(prefix: string, count: number) {
  return fc.integer({ min: 1, max: count }).map((number) => `${prefix}_${number}`)
}

function arbitraryEvent(): fc.Arbitrary<TestEvent> {
  const family = fc.oneof(
    { weight: 2, arbitrary: partnershipEvent() },
    { weight: 2, arbitrary: contactEvent() },
    { weight: 4, arbitrary: messageEvent() },
    { weight: 2, arbitrary: deletionEvent() },
  )
  return fc
    .record({
      family,
      companyUuid: company,
      tokenIat: fc.option(moment),
      receivedAt: moment,
      status: fc.oneof(
        { weight: 8, arbitrary: fc.constant('pending' as const) },
        // Delivered a second time: it is in the log and must never be projected.
        { weight: 1, arbitrary: fc.constant('duplicate' as const) },
      ),
    })
    .map(({ family: { eventType, body }, ...rest }) => ({ eventType, body, ...rest }))
}

const fieldValue = fc.constantFrom(
  null,
  { text: 'plain' },
  { textarea: 'long' },
  { number: 1.5 },
  { number: 'not a number' },
  { date: '2024-01-15T00:00:00.000Z' },
  { date: 'yesterday' },
  { boolean: false },
  { select: 2 },
  { multi_select: [2, '3', 'gone'] },
)

const customFields = fc.array(
  fc.record({
    uuid: oneOf('field', 3),
    label: text,
    type: fc.constantFrom(
      ...['text', 'textarea', 'number', 'date', 'boolean', 'select', 'multi_select', 'unheard_of'],
    ),
    value: fieldValue,
    custom_field_value_uuid: fc.option(oneOf('value', 3)),
    options: fc.constantFrom(null, [
      { id: 2, label: 'Two' },
      { id: '3', label: null },
    ]),
  }),
  { maxLength: 4 },
)

const configuration = fc.array(
  fc.record({
    id: oneOf('section', 2),
    selected: fc.array(
      fc.record({ id: oneOf('setting', 2), value: fc.constantFrom('a', 'b', null, 3) }),
      { maxLength: 2 },
    ),
  }),
  { maxLength: 2 },
)

function partnershipEvent() {
  const partnership = fc.record({
    uuid: oneOf('partnership', 2),
    company_name: text,
    stage_label: text,
    partner_type: fc.constantFrom(null, 'agency'),
    custom_fields: customFields,
  })
  return fc.record({
    eventType: fc.constantFrom('partner_created', 'partner_updated'),
    body: fc.record({ partnership, configuration }),
  })
}

function contactEvent() {
  const contact = fc.record({
    uuid: oneOf('contact', 2),
    first_name: text,
    tags: fc.array(fc.record({ id: fc.integer({ min: 1, max: 3 }), label: text }), {
      maxLength: 2,
    }),
    custom_fields: customFields,
  })
  const partnership = fc.record({
    uuid: fc.option(oneOf('partnership', 2)),
    contacts: fc.option(fc.array(contact, { maxLength: 2 })),
  })
  return fc.record({
    eventType: fc.constantFrom('partner_contact_created', 'partner_contact_updated'),
    body: fc.record({ partnership, contact, configuration }),
  })
}

const author = {
  created_by_user_uuid: fc.option(oneOf('user', 2)),
  created_by_user_first_name: text,
  created_by_user_email: fc.constantFrom(null, 'ann@partner.test'),
}

const message = {
  uuid: oneOf('message', 4),
  content: text,
  replied_to_message_uuid: fc.option(oneOf('message', 4)),
  partnership_uuid: fc.option(oneOf('partnership', 2)),
  partner_type: fc.constantFrom(null, 'referral', 'reseller'),
  attachments: fc.array(
    fc
      .tuple(oneOf('asset', 3), oneOf('v', 2))
      .map(([uuid, version]) =>
        attachment(uuid, { file_url: `https://cdn.test/${uuid}?${version}` }),
      ),
    { maxLength: 3 },
  ),
  ...author,
}

const milliseconds = moment.map((date) => date.getTime())

const wholeMessage = {
  ...message,
  room_uuid: oneOf('room', 3),
  created_at: milliseconds,
  updated_at: milliseconds,
}

// Whole ones, and sparse ones that leave out whatever may be left out.
function messageEvent() {
  const body = fc.record({
    message: fc.oneof(
      fc.record(wholeMessage),
      fc.record(wholeMessage, {
        requiredKeys: ['uuid', 'room_uuid', 'created_at', 'updated_at'],
      }),
    ),
    configuration,
  })
  return fc.record({ eventType: fc.constantFrom('message_created', 'message_updated'), body })
}

function deletionEvent() {
  const body = fc.record({
    message: fc.oneof(
      fc.record(wholeMessage),
      fc.record(wholeMessage, { requiredKeys: ['uuid'] }),
      fc.record({
        uuid: wholeMessage.uuid,
        room_uuid: wholeMessage.room_uuid,
        created_at: milliseconds,
      }),
    ),
  })
  return fc.record({ eventType: fc.constant('message_deleted'), body })
}

function atDistinctMoment(event: TestEvent, index: number): TestEvent {
  const at = new Date((index + 1) * SECOND)
  const body = structuredClone(event.body) as { message?: { updated_at?: number } }
  // A deletion may be without one: its moment is then the token's.
  const { message } = body
  if (message && (event.eventType !== 'message_deleted' || 'updated_at' in message))
    message.updated_at = at.getTime()
  return { ...event, body, tokenIat: at }
}
