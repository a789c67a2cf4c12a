import { InvalidAddressError } from '@/lib/errors'
import { decodePart, encodePart, SEPARATOR } from './address-part'
import type { ColumnKey } from './list-view'

const PREFIX = `field${SEPARATOR}`

// journeybee.md, Identifiers
const MAX_ID_LENGTH = 200

/** The key of a custom field's column: `field~<company>~<field>`, both percent-encoded. */
export function fieldColumn(companyUuid: string, fieldUuid: string): ColumnKey {
  return PREFIX + encodePart(companyUuid) + SEPARATOR + encodePart(fieldUuid)
}

/**
 * Which custom field a key names; null when it is a built-in column's.
 *
 * @throws InvalidAddressError when it begins like a custom field's and is none.
 */
export function readFieldColumn(key: ColumnKey): { companyUuid: string; fieldUuid: string } | null {
  if (!key.startsWith(PREFIX)) return null
  const ids = key.slice(PREFIX.length).split(SEPARATOR).map(decodePart)
  const [companyUuid = '', fieldUuid = ''] = ids
  const areIds = ids.every((id) => id !== '' && id.length <= MAX_ID_LENGTH)
  if (ids.length === 2 && areIds) return { companyUuid, fieldUuid }
  throw new InvalidAddressError('This address names a custom field that can’t be one.')
}

/**
 * The one spelling of a column's key in an address.
 *
 * @throws InvalidAddressError when it can't be a column's key.
 */
export function readColumnKey(text: string): ColumnKey {
  const field = readFieldColumn(text)
  if (field) return fieldColumn(field.companyUuid, field.fieldUuid)
  if (/^[a-z][a-zA-Z]{0,39}$/.test(text) && text !== 'field') return text
  throw new InvalidAddressError('This address names a column that can’t be one.')
}
