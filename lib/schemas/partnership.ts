import { z } from 'zod'
import { configuration } from './configuration'
import { customField } from './custom-field'
import { identifier, optionalIdentifier, optionalList, optionalText } from './primitives'

/** The full snapshot of a partnership (seed: partner-events, Webhook Payload Schema). */
export const partnership = z.looseObject({
  uuid: identifier,
  company_name: optionalText,
  company_domain: optionalText,
  company_website: optionalText,
  company_description: optionalText,
  company_email: optionalText,
  company_phone_number: optionalText,
  country_uuid: optionalIdentifier,
  country_label: optionalText,
  industry_uuid: optionalIdentifier,
  industry_label: optionalText,
  stage_uuid: optionalIdentifier,
  stage_label: optionalText,
  category_uuid: optionalIdentifier,
  category_label: optionalText,
  tier_uuid: optionalIdentifier,
  tier_label: optionalText,
  partner_type: optionalText,
  custom_fields: optionalList(customField),
})

export const partnershipEventBody = z.looseObject({ partnership, configuration })

export type PartnershipEventBody = z.output<typeof partnershipEventBody>
