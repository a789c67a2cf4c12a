import { ACCEPTED, INVALID, UNSUPPORTED, type Delivery } from './delivery'
import type { NastyCase, NastyOptions } from './nasty-deliveries'

/** Contact events at the edges of what journeybee.md lets us expect, and types that are property names. */
export function nastyContacts({ source }: NastyOptions): NastyCase[] {
  const contactCase = (
    label: string,
    body: Record<string, unknown>,
    expected: Delivery['expected'] = ACCEPTED,
  ): NastyCase => ({
    label,
    eventType: 'partner_contact_updated',
    body: JSON.stringify(body),
    expected,
  })
  const uuid = source.uuid('contact')
  const both = { uuid, email: 'twice@nasty-sample.example', first_name: 'Both' }
  return [
    contactCase('a contact with nothing but an e-mail address', {
      contact: { email: 'Only.Mail@nasty-sample.example' },
    }),
    contactCase('a contact with nothing but a numeric id', { contact: { id: 77 } }),
    contactCase('one contact in two places', { contact: both, partner_contact: both }),
    contactCase('a contact of a partnership that never comes', {
      contact: { uuid: source.uuid('contact'), partnership_uuid: source.uuid('partnership') },
    }),
    contactCase('a contact with a hundred tags, some of them the same', {
      contact: {
        uuid: source.uuid('contact'),
        email: `"quoted @ <b>"@nasty-sample.example`,
        tags: Array.from({ length: 100 }, (_, index) => ({
          id: index % 3,
          label: '<i>tag</i>',
          background_color: 'url(javascript:alert(1))',
          text_color: 'red;}body{display:none',
        })),
      },
    }),
    contactCase('a contact event without a contact', { partnership: { uuid: 'p' } }, INVALID),
    contactCase('an empty list of contacts', { partnership: { contacts: [] } }, INVALID),
    contactCase('a contact without any identity', { contact: { first_name: 'Nobody' } }, INVALID),
    contactCase('a contact that is a text', { contact: 'somebody' }, INVALID),
    ...['constructor', '__proto__', 'toString'].map((eventType) => ({
      label: `an event type named ${eventType}`,
      eventType,
      body: '{"message":{}}',
      expected: UNSUPPORTED,
    })),
    {
      label: 'an integration with secrets in its claims and in its body',
      eventType: 'partner_contact_created',
      claims: { external_settings: { password: 'sample-external-password', nested: [{ a: 1 }] } },
      body: JSON.stringify({
        api_key: 'sample-key-in-the-body',
        external_settings: { token: 'sample-external-token' },
        contact: { uuid: source.uuid('contact'), email: 'settings@nasty-sample.example' },
      }),
      expected: ACCEPTED,
    },
  ]
}
