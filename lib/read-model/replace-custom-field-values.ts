import { Prisma, type Transaction } from '@/lib/db'
import { FILLED_VALUE } from '@/lib/filled-value'
import type { CustomFieldOwner } from '@/lib/generated/prisma/enums'
import type { CustomFieldValueRow, Keyed } from '@/lib/projections/changes'
import type { FieldCounts } from './field-counts'
import type { WrittenKey } from './lower-first-event-at'

/**
 * Replaces the custom field values of owners whose snapshot has just won. The owners' rows are locked
 * by the upsert before, so that nobody else writes these values at the same time.
 *
 * A snapshot mostly repeats what was there: only fields that are gone are deleted, and a value that has
 * not changed is not written again, which is most of the work of an update.
 *
 * @param counts Is told which fields are filled now and were not, or the other way round.
 * @param tells Whether it is to be told whose values changed; that costs a row for each value.
 * @returns The owners whose values changed, some of them more than once; none unless that is asked for.
 */
export async function replaceCustomFieldValues(
  tx: Transaction,
  ownerType: CustomFieldOwner,
  owners: (Keyed & { customFieldValues: CustomFieldValueRow[] })[],
  counts: FieldCounts,
  tells: boolean,
): Promise<WrittenKey[]> {
  if (owners.length === 0) return []
  const snapshots = owners.map(({ companyUuid, uuid, customFieldValues }) => ({
    company_uuid: companyUuid,
    owner_uuid: uuid,
    fields: customFieldValues.map(({ fieldUuid }) => fieldUuid),
  }))
  const told = (changed: ChangedField[]): WrittenKey[] => {
    for (const { company_uuid, field_uuid, count } of changed) {
      counts.add(ownerType, company_uuid, field_uuid, count)
    }
    return tells ? changed : []
  }
  // A row for each field, or, where owners are to be told, one for each value.
  const owner = tells ? Prisma.sql`owner_uuid` : Prisma.sql`''`
  const removed = await tx.$queryRaw<ChangedField[]>`
    WITH removed AS (
    DELETE FROM custom_field_value v
    USING json_to_recordset(${JSON.stringify(snapshots)}::json)
      AS x(company_uuid text, owner_uuid text, fields text[])
    WHERE v.company_uuid = x.company_uuid AND v.owner_type = ${ownerType}::custom_field_owner
      AND v.owner_uuid = x.owner_uuid AND v.field_uuid <> ALL (x.fields)
    RETURNING v.company_uuid, v.owner_uuid, v.field_uuid, ${filledValue} AS filled)
    SELECT company_uuid, field_uuid, ${owner} AS uuid, -count(*) FILTER (WHERE filled)::int AS count
    FROM removed GROUP BY 1, 2, 3`
  const records = owners.flatMap((owner) =>
    owner.customFieldValues.map((value) => toRecord(owner, value)),
  )
  if (records.length === 0) return told(removed)
  // All of a statement sees what was there before it: beside what was written stands what it replaced.
  const written = await tx.$queryRaw<ChangedField[]>`
    WITH written AS (
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
    RETURNING t.company_uuid, t.owner_uuid, t.field_uuid, ${filledValue} AS filled)
    SELECT w.company_uuid, w.field_uuid, ${owner} AS uuid,
      sum(w.filled::int - coalesce(old.filled::int, 0))::int AS count
    FROM written w
    LEFT JOIN LATERAL (
      SELECT ${filledValue} AS filled FROM custom_field_value v
      WHERE v.company_uuid = w.company_uuid AND v.owner_type = ${ownerType}::custom_field_owner
        AND v.owner_uuid = w.owner_uuid AND v.field_uuid = w.field_uuid) old ON TRUE
    GROUP BY 1, 2, 3`
  return told([...removed, ...written])
}

type ChangedField = WrittenKey & { field_uuid: string; count: number }

const filledValue = Prisma.raw(FILLED_VALUE)

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
