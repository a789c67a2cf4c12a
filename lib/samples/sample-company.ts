import {
  CATEGORIES,
  CONTACT_FIELDS,
  COUNTRIES,
  INDUSTRIES,
  PARTNERSHIP_FIELDS,
  STAGES,
  TAGS,
  TIERS,
  type FieldTemplate,
} from './catalogue'
import type { DeliveryClaims } from './delivery'
import type { SampleSource } from './sample-source'

export type Labelled = { uuid: string; label: string }

export type FieldDefinition = {
  uuid: string
  label: string
  type: string
  options: { id: number | string; label: string }[] | null
}

export type SampleUser = {
  uuid: string
  email: string
  firstName: string
  lastName: string
  companyUuid: string
  companyName: string
}

export type SampleTag = {
  id: number
  uuid: string
  label: string
  background_color: string
  text_color: string
}

/** A customer of JourneyBee's: the company that the tokens speak for, and what it has set up. */
export type SampleCompany = {
  uuid: string
  name: string
  apiKey: string
  users: SampleUser[]
  stages: Labelled[]
  tiers: Labelled[]
  categories: Labelled[]
  countries: Labelled[]
  industries: Labelled[]
  partnershipFields: FieldDefinition[]
  contactFields: FieldDefinition[]
  tags: SampleTag[]
  configuration: unknown[]
}

const USERS_PER_COMPANY = 6

/** Makes a customer with its users, its lists and its custom field definitions. */
export function makeCompany(source: SampleSource, name: string): SampleCompany {
  const uuid = source.uuid('company')
  const labelled = (prefix: string, labels: readonly string[]): Labelled[] =>
    labels.map((label) => ({ uuid: source.uuid(prefix), label }))
  return {
    uuid,
    name,
    apiKey: `sample-key-${source.faker.string.alphanumeric(24)}`,
    users: Array.from({ length: USERS_PER_COMPANY }, () =>
      makeUser(source, { uuid, name, domain: 'waggle-sample.example' }),
    ),
    stages: labelled('stage', STAGES),
    tiers: labelled('tier', TIERS),
    categories: labelled('category', CATEGORIES),
    countries: labelled('country', COUNTRIES),
    industries: labelled('industry', INDUSTRIES),
    partnershipFields: makeFields(source, PARTNERSHIP_FIELDS),
    contactFields: makeFields(source, CONTACT_FIELDS),
    tags: TAGS.map((tag, index) => ({ id: index + 1, uuid: source.uuid('tag'), ...tag })),
    configuration: [
      {
        id: 'partner_integration_settings',
        selected: [{ id: 'unique_field_partner', value: 'company_domain' }],
      },
    ],
  }
}

/** A person who writes in rooms: of the customer itself or of one of its partners. */
export function makeUser(
  source: SampleSource,
  company: { uuid: string; name: string; domain: string },
): SampleUser {
  const firstName = source.faker.person.firstName()
  const lastName = source.faker.person.lastName()
  return {
    uuid: source.uuid('user'),
    email: `${firstName}.${lastName}@${company.domain}`.toLowerCase().replace(/[^a-z0-9.@-]/g, ''),
    firstName,
    lastName,
    companyUuid: company.uuid,
    companyName: company.name,
  }
}

/** The claims of a token by which `user` of `company` makes an event happen. */
export function claimsOf(
  company: SampleCompany,
  userUuid: string,
  eventType: string,
): DeliveryClaims {
  return {
    company_uuid: company.uuid,
    user_uuid: userUuid,
    event_id: eventType,
    api_key: company.apiKey,
  }
}

function makeFields(source: SampleSource, templates: readonly FieldTemplate[]): FieldDefinition[] {
  return templates.map(({ label, type, options }, fieldIndex) => ({
    uuid: source.uuid('cf'),
    label,
    type,
    // Numbers as in JourneyBee's REST API; every other field with strings, which are accepted too.
    options: options
      ? options.map((option, index) => ({
          id: fieldIndex % 2 === 0 ? 100 * fieldIndex + index + 1 : `option-${index + 1}`,
          label: option,
        }))
      : null,
  }))
}
