import fc from 'fast-check'
import { READ_MODEL_TABLES } from '@/lib/read-model/read-model-tables'

/**
 * What a fault of a projection, or a hand in the database, may have done to rows of the read model, as SQL:
 * rows that say something else though their version is kept, that are gone, and that nobody wrote. Each fault
 * strikes some of the rows, chosen by their keys.
 */
export function arbitraryFaults(): fc.Arbitrary<string[]> {
  return fc.array(
    fc
      .tuple(fc.constantFrom(...FAULTS), fc.integer({ min: 0, max: 2 }))
      .map(([fault, third]) => `${fault} ${strikes(fault, third)}`),
    { maxLength: 4 },
  )
}

const CHANGES = [
  `UPDATE partnership t SET company_name = 'Wrong', search_text = 'wrong', stage_label = NULL`,
  `UPDATE partnership t SET first_event_at = '2030-01-01T00:00:00Z'`,
  `UPDATE partnership t SET projector_version = 0, company_name = 'Old'`,
  `UPDATE partnership t SET occurred_at = '2030-01-01T00:00:00Z'`,
  `UPDATE contact t SET first_name = 'Wrong', tags = '[]'`,
  `UPDATE contact t SET partnership_uuid = 'partnership_2'`,
  `UPDATE contact t SET partnership_uuid = NULL`,
  `UPDATE custom_field t SET label = 'Wrong', options = '[]'`,
  `UPDATE custom_field t SET partnership_count = 9, contact_count = -1`,
  `UPDATE custom_field_value t SET position = 9, raw = '"wrong"', text_value = 'wrong'`,
  `UPDATE message t SET content = 'Wrong', attachment_count = 5`,
  `UPDATE message t SET room_uuid = 'room_2'`,
  `UPDATE message t SET room_uuid = 'room_that_is_not_there'`,
  `UPDATE message t SET deleted_at = NULL, deleted_event_seq = NULL`,
  `UPDATE message t SET created_at = '2030-01-01T00:00:00Z', updated_at = '2030-01-01T00:00:00Z'`,
  `UPDATE attachment t SET file_name = 'wrong.pdf', room_uuid = NULL`,
  `UPDATE room t SET message_count = 50, attachment_count = -1, last_message_uuid = 'wrong'`,
  `UPDATE room t SET partnership_uuid = 'partnership_2', partner_type = 'wrong'`,
  `UPDATE room t SET partnership_uuid = NULL, sort_at = '2030-01-01T00:00:00Z'`,
  `UPDATE partnership_total t SET contact_count = 9, room_count = 0, message_count = 7`,
  `UPDATE partnership_total t SET received = NOT received, partner_type = 'wrong'`,
  `UPDATE author t SET email = 'wrong@partner.test'`,
  `UPDATE integration_setting t SET value = 'wrong'`,
]

const FAULTS = [...CHANGES, ...READ_MODEL_TABLES.map((table) => `DELETE FROM ${table} t`)]

function strikes(fault: string, third: number): string {
  const key = fault.includes('attachment t') ? 't.message_uuid || t.uuid' : KEYS[tableOf(fault)]
  return `WHERE abs(hashtext(${key ?? 't.uuid'})) % 3 = ${third}`
}

function tableOf(fault: string): string {
  return /(?:UPDATE|FROM) (\w+)/.exec(fault)?.[1] ?? ''
}

const KEYS: Record<string, string> = {
  custom_field_value: 't.owner_uuid || t.field_uuid',
  integration_setting: 't.section_id || t.setting_id',
}
