import type { PartnershipEventBody } from '@/lib/schemas/partnership'
import { noChanges, type Changes } from './changes'
import { versionAt, type EventSource } from './event-source'
import { projectConfiguration } from './project-configuration'
import { projectCustomFields } from './project-custom-fields'

/**
 * partner_created and partner_updated (seed: partner-events). Both carry the whole partnership and no
 * time of their own, so that the token's is the version.
 */
export function projectPartnership(body: PartnershipEventBody, source: EventSource): Changes {
  const snapshot = body.partnership
  const version = versionAt(source, source.sentAt)
  const { definitions, values } = projectCustomFields(snapshot.custom_fields, version)
  return {
    ...noChanges(),
    partnerships: [
      {
        ...version,
        uuid: snapshot.uuid,
        companyName: snapshot.company_name,
        companyDomain: snapshot.company_domain,
        companyWebsite: snapshot.company_website,
        companyDescription: snapshot.company_description,
        companyEmail: snapshot.company_email,
        companyPhoneNumber: snapshot.company_phone_number,
        countryUuid: snapshot.country_uuid,
        countryLabel: snapshot.country_label,
        industryUuid: snapshot.industry_uuid,
        industryLabel: snapshot.industry_label,
        stageUuid: snapshot.stage_uuid,
        stageLabel: snapshot.stage_label,
        categoryUuid: snapshot.category_uuid,
        categoryLabel: snapshot.category_label,
        tierUuid: snapshot.tier_uuid,
        tierLabel: snapshot.tier_label,
        partnerType: snapshot.partner_type,
        customFieldValues: values,
      },
    ],
    customFields: definitions,
    integrationSettings: projectConfiguration(body.configuration, source),
  }
}
