import type { FieldDefinition } from './sample-company'
import type { SampleSource } from './sample-source'

/** A custom field with its value, as it stands in a snapshot (seed: partner-events, custom_fields items). */
export type FieldSnapshot = {
  uuid: string
  label: string
  type: string
  value: Record<string, unknown> | null
  custom_field_value_uuid: string | null
  options: FieldDefinition['options']
}

const DAY_MS = 86_400_000
const NULL_VALUE_PROBABILITY = 0.08

/** Values for all of a company's fields; now and then one that was never filled in. */
export function fillFields(
  source: SampleSource,
  fields: FieldDefinition[],
  now: number,
): FieldSnapshot[] {
  return fields.map((field) => fillField(source, field, now))
}

/** A new value for one field, under the same definition. */
export function fillField(
  source: SampleSource,
  field: FieldDefinition,
  now: number,
): FieldSnapshot {
  const value = source.chance(NULL_VALUE_PROBABILITY) ? null : makeValue(source, field, now)
  return {
    uuid: field.uuid,
    label: field.label,
    type: field.type,
    value,
    custom_field_value_uuid: value && source.uuid('cfv'),
    options: field.options,
  }
}

function makeValue(source: SampleSource, field: FieldDefinition, now: number) {
  const ids = (field.options ?? []).map((option) => option.id)
  switch (field.type) {
    case 'number':
      return { number: source.chance(0.2) ? source.int(0, 5_000) / 100 : source.int(0, 5_000_000) }
    case 'date':
      return { date: new Date(now - source.int(-400, 800) * DAY_MS).toISOString() }
    case 'boolean':
      return { boolean: source.chance(0.5) }
    case 'select':
      return { select: source.pick(ids) }
    case 'multi_select':
      return { multi_select: ids.filter(() => source.chance(0.45)) }
    case 'textarea':
      // Both keys are seen for a textarea (journeybee.md, Custom fields).
      return { [source.chance(0.7) ? 'text' : 'textarea']: source.faker.company.catchPhrase() }
    default:
      return { text: source.faker.string.alphanumeric({ length: 8, casing: 'upper' }) }
  }
}
