/**
 * The tables that the log determines: what a rebuild fills anew, a dry run and a check of parity compare.
 * The test of lib/read-model/shadow-tables.ts compares this list and the next with the schema.
 */
export const READ_MODEL_TABLES = [
  'partnership',
  'partnership_total',
  'custom_field',
  'custom_field_value',
  'contact',
  'room',
  'message',
  'attachment',
  'author',
  'integration_setting',
] as const

export type ReadModelTable = (typeof READ_MODEL_TABLES)[number]

/**
 * Written beside the read model and then owned by others: the archive's tasks. A shadow has such a table of
 * its own, so that its writing leaves the live one alone; what is in it is not compared.
 */
export const TABLES_WRITTEN_BESIDE = ['attachment_file'] as const

/** The columns that make a row of each table the only one of its kind. */
export const READ_MODEL_KEYS: Record<ReadModelTable, readonly string[]> = {
  partnership: ['company_uuid', 'uuid'],
  partnership_total: ['company_uuid', 'uuid'],
  custom_field: ['company_uuid', 'uuid'],
  custom_field_value: ['company_uuid', 'owner_type', 'owner_uuid', 'field_uuid'],
  contact: ['company_uuid', 'uuid'],
  room: ['company_uuid', 'uuid'],
  message: ['company_uuid', 'uuid'],
  attachment: ['company_uuid', 'message_uuid', 'uuid'],
  author: ['company_uuid', 'uuid'],
  integration_setting: ['company_uuid', 'section_id', 'setting_id'],
}
