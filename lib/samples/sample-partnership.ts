import { INTERNATIONAL_COMPANIES, PARTNER_TYPES, RARE_PARTNER_TYPE } from './catalogue'
import { makeUser, type SampleCompany, type SampleUser } from './sample-company'
import { fillField, fillFields, type FieldSnapshot } from './sample-custom-fields'
import { slug, type SampleSource } from './sample-source'

/** A partnership with what changes about it, and the people of the partner who write in its rooms. */
export type SamplePartnership = {
  company: SampleCompany
  /** Another customer who has the same partner under the same uuid, or null. */
  alsoSeenBy: SampleCompany | null
  uuid: string
  number: number
  partnerType: string
  partnerUsers: SampleUser[]
  snapshot: PartnershipFields
  customFields: FieldSnapshot[]
  /** The snapshot before the last change: some changes are taken back (A→B→A). */
  previous: PartnershipFields | null
}

type PartnershipFields = Record<string, string>

const INTERNATIONAL_PROBABILITY = 0.12

/** Makes a partnership in its first state. `number` (from 1) keeps domains and phone numbers apart. */
export function makePartnership(
  source: SampleSource,
  company: SampleCompany,
  alsoSeenBy: SampleCompany | null,
  number: number,
  now: number,
): SamplePartnership {
  const uuid = source.uuid('partnership')
  const name = source.chance(INTERNATIONAL_PROBABILITY)
    ? source.pick(INTERNATIONAL_COMPANIES)
    : source.faker.company.name()
  // RFC 2606: .example never resolves, so nothing here can reach anybody.
  const domain = `${slug(name) || 'partner'}-${number}.example`
  const partner = { uuid: source.uuid('company'), name, domain }
  const lists = {
    country: source.pick(company.countries),
    industry: source.pick(company.industries),
    stage: source.pick(company.stages.slice(0, 4)),
    category: source.pick(company.categories),
    tier: source.pick(company.tiers.slice(0, 3)),
  }
  const snapshot: PartnershipFields = {
    company_name: name,
    company_domain: domain,
    company_website: `https://www.${domain}`,
    company_description: source.faker.company.catchPhrase(),
    company_email: `partnerships@${domain}`,
    // 555-0100 to 555-0199 are kept free for fiction.
    company_phone_number: `+1-555-${String(100 + (number % 900))}-01${String(number % 100).padStart(2, '0')}`,
  }
  for (const [key, { uuid: listUuid, label }] of Object.entries(lists)) {
    snapshot[`${key}_uuid`] = listUuid
    snapshot[`${key}_label`] = label
  }
  return {
    company,
    alsoSeenBy,
    uuid,
    number,
    partnerType: source.chance(0.03) ? RARE_PARTNER_TYPE : source.pick(PARTNER_TYPES),
    partnerUsers: Array.from({ length: source.int(1, 3) }, () => makeUser(source, partner)),
    snapshot,
    customFields: fillFields(source, company.partnershipFields, now),
    previous: null,
  }
}

/** Changes a partnership in place: a stage or tier move, a new description, other custom field values. */
export function changePartnership(
  source: SampleSource,
  partnership: SamplePartnership,
  now: number,
): void {
  const before = { ...partnership.snapshot }
  if (partnership.previous && source.chance(0.25)) {
    partnership.snapshot = partnership.previous
    partnership.previous = before
    return
  }
  const { company, snapshot } = partnership
  const moveTo = (key: string, list: { uuid: string; label: string }[]) => {
    const next = source.pick(list)
    snapshot[`${key}_uuid`] = next.uuid
    snapshot[`${key}_label`] = next.label
  }
  const kind = source.int(1, 10)
  if (kind <= 4) moveTo('stage', company.stages)
  else if (kind <= 6) moveTo('tier', company.tiers)
  else if (kind === 7) snapshot.company_description = source.faker.company.catchPhrase()
  if (kind >= 7) {
    const index = source.int(0, partnership.customFields.length - 1)
    const field = company.partnershipFields[index]
    if (field) partnership.customFields[index] = fillField(source, field, now)
  }
  partnership.previous = before
}

/** The body of partner_created and partner_updated: a full snapshot. */
export function partnershipBody(partnership: SamplePartnership): string {
  return JSON.stringify({
    partnership: {
      uuid: partnership.uuid,
      ...partnership.snapshot,
      custom_fields: partnership.customFields,
    },
    configuration: partnership.company.configuration,
  })
}
