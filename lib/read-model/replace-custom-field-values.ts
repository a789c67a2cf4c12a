import { Prisma, type Transaction } from '@/lib/db'
import type { WrittenKey } from './lower-first-event-at'
import type { CustomFieldOwner } from '@/lib/generated/prisma/enums'
import type { CustomFieldValueRow, Keyed } from '@/lib/projections/changes'

/**
 * Replaces the custom field values of owners whose snapshot has just won. The owners' rows are locked
 * by the upsert before, so that nobody else writes these values at the same time.
 *
 * A snapshot mostly repeats what was there: only fields that are gone are deleted, and a value that has
 * not changed is not written again, which is most of the work of an update.
 *
 * @param tells Whether it is to be told whose values changed; that costs a row for each value.
 * @returns The owners whose values changed, some of them more than once; none unless that is asked for.
 */
export async function replaceCustomFieldValues(
  tx: Transaction,
  ownerType: CustomFieldOwner,
  owners: (Keyed & { customFieldValues: CustomFieldValueRow[] })[],
  tells: boolean,
): Promise<WrittenKey[]> {
  if (owners.length === 0) return []
  const snapshots = owners.map(({ companyUuid, uuid, customFieldValues }) => ({
    company_uuid: companyUuid,
    owner_uuid: uuid,
    fields: customFieldValues.map(({ fieldUuid }) => fieldUuid),
  }))
  const removed = await tx.$queryRaw<WrittenKey[]>`
    DELETE FROM custom_field_value v
    USING json_to_recordset(${JSON.stringify(snapshots)}::json)
      AS x(company_uuid text, owner_uuid text, fields text[])
    WHERE v.company_uuid = x.company_uuid AND v.owner_type = ${ownerType}::custom_field_owner
      AND v.owner_uuid = x.owner_uuid AND v.field_uuid <> ALL (x.fields)
    ${tells ? Prisma.sql`RETURNING v.company_uuid, v.owner_uuid AS uuid` : Prisma.empty}`
  const records = owners.flatMap((owner) =>
    owner.customFieldValues.map((value) => toRecord(owner, value)),
  )
  if (records.length === 0) return removed
  const written = await tx.$queryRaw<WrittenKey[]>`
    INSERT INTO custom_field_value AS t
      (company_uuid, owner_type, owner_uuid, field_uuid, ${VALUE_COLUMNS})
    SELECT company_uuid, ${ownerType}::custom_field_owner, owner_uuid, field_uuid, ${VALUE_COLUMNS}
    FROM json_to_recordset(${JSON.stringify(records)}::json)
      AS x(company_uuid text, owner_uuid text, field_uuid text, value_uuid text, position int,
           label text, type text, text_value text, number_value float8, date_value timestamptz,
           boolean_value bool, option_ids text[], option_labels text[], raw jsonb)
    ON CONFLICT (company_uuid, owner_type, owner_uuid, field_uuid) DO UPDATE SET
      (${VALUE_COLUMNS}) = ROW(${NEW_VALUES})
    WHERE (${OLD_VALUES}) IS DISTINCT FROM (${NEW_VALUES})
    ${tells ? Prisma.sql`RETURNING t.company_uuid, t.owner_uuid AS uuid` : Prisma.empty}`
  return [...removed, ...written]
}

const NAMES = [
  'value_uuid',
  'position',
  'label',
  'type',
  'text_value',
  'number_value',
  'date_value',
  'boolean_value',
  'option_ids',
  'option_labels',
  'raw',
]

const VALUE_COLUMNS = Prisma.raw(NAMES.join(', '))
const OLD_VALUES = Prisma.raw(NAMES.map((name) => `t.${name}`).join(', '))
const NEW_VALUES = Prisma.raw(NAMES.map((name) => `excluded.${name}`).join(', '))

function toRecord(owner: Keyed, value: CustomFieldValueRow) {
  return {
    company_uuid: owner.companyUuid,
    owner_uuid: owner.uuid,
    field_uuid: value.fieldUuid,
    value_uuid: value.valueUuid,
    position: value.position,
    label: value.label,
    type: value.type,
    text_value: value.textValue,
    number_value: value.numberValue,
    date_value: value.dateValue,
    boolean_value: value.booleanValue,
    option_ids: value.optionIds,
    option_labels: value.optionLabels,
    raw: value.raw,
  }
}
