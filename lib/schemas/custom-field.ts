import { z } from 'zod'
import { boundedList, identifier, optionalIdentifier, optionalText } from './primitives'
import { storableText } from './storable'

/** The types that the seed page lists; an unknown one is kept and shown as it was sent. */
export const CUSTOM_FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'date',
  'boolean',
  'select',
  'multi_select',
] as const

export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number]

// Ids are numbers in JourneyBee's REST API; strings are accepted too. Kept as text either way.
const optionId = z
  .union([z.string().max(200), z.number()])
  .transform((id) => storableText(String(id)))

const option = z.looseObject({ id: optionId, label: optionalText })

export const customField = z.looseObject({
  uuid: identifier,
  label: optionalText,
  type: z.string().min(1).max(200).transform(storableText),
  // Its one key is named by the type; what does not fit its type is kept raw, not refused.
  value: z.unknown().optional(),
  custom_field_value_uuid: optionalIdentifier,
  options: boundedList(option).nullish(),
})

export type CustomFieldItem = z.output<typeof customField>
