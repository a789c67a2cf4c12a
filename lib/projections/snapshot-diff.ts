import { isDeepStrictEqual } from 'node:util'
import type { ContactRow, CustomFieldValueRow, PartnershipRow } from './changes'

/** The columns that a partnership's event sends, in the order in which a page shows them. */
export const PARTNERSHIP_COLUMNS = [
  'companyName',
  'companyDomain',
  'companyWebsite',
  'companyDescription',
  'companyEmail',
  'companyPhoneNumber',
  'stageLabel',
  'stageUuid',
  'tierLabel',
  'tierUuid',
  'categoryLabel',
  'categoryUuid',
  'partnerType',
  'countryLabel',
  'countryUuid',
  'industryLabel',
  'industryUuid',
] as const satisfies readonly (keyof PartnershipRow)[]

/** The columns that a contact's event sends, in the order in which a page shows them. */
export const CONTACT_COLUMNS = [
  'firstName',
  'lastName',
  'email',
  'position',
  'phoneNumber',
  'contactCompanyName',
  'partnershipUuid',
  'tags',
  'externalId',
] as const satisfies readonly (keyof ContactRow)[]

export type PartnershipColumn = (typeof PARTNERSHIP_COLUMNS)[number]
export type ContactColumn = (typeof CONTACT_COLUMNS)[number]

type Snapshot<Column extends string> = Record<Column, unknown> & {
  customFieldValues: CustomFieldValueRow[]
}

export type ColumnChange<Column> = { column: Column; before: unknown; after: unknown }

/** A custom field's value before and after; null where the snapshot does not list the field. */
export type ValueChange = {
  fieldUuid: string
  before: CustomFieldValueRow | null
  after: CustomFieldValueRow | null
}

/** All that one snapshot says differently from another, in the order of the columns and of the fields. */
export type SnapshotDiff<Column> = { columns: ColumnChange<Column>[]; values: ValueChange[] }

/**
 * What changed from one snapshot to the next; from null it is everything that the first one says.
 * Nothing is left out: ids and positions are told too, whether or not a page shows them.
 */
export function diffSnapshots<Column extends string>(
  before: Snapshot<Column> | null,
  after: Snapshot<Column>,
  columns: readonly Column[],
): SnapshotDiff<Column> {
  const changed = columns.flatMap((column) => {
    const old = before === null ? null : before[column]
    return isDeepStrictEqual(old, after[column])
      ? []
      : [{ column, before: old, after: after[column] }]
  })
  return {
    columns: changed,
    values: diffValues(before?.customFieldValues ?? [], after.customFieldValues),
  }
}

function diffValues(before: CustomFieldValueRow[], after: CustomFieldValueRow[]): ValueChange[] {
  const old = new Map(before.map((value) => [value.fieldUuid, value]))
  const listed = new Set(after.map((value) => value.fieldUuid))
  const changes = after.flatMap((value): ValueChange[] => {
    const known = old.get(value.fieldUuid) ?? null
    const change = { fieldUuid: value.fieldUuid, before: known, after: value }
    return known !== null && isDeepStrictEqual(known, value) ? [] : [change]
  })
  const gone = before.filter((value) => !listed.has(value.fieldUuid))
  return [
    ...changes,
    ...gone.map((value) => ({ fieldUuid: value.fieldUuid, before: value, after: null })),
  ]
}
