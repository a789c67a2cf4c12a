import { requireUser } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import type { RecordKey } from './record-key'

const SHOWN = 200

/**
 * A custom field's value. Which of the typed values is set follows `type`; `raw` is there only when none
 * is: JSON text. Texts are cut to 5,000 characters, a choice to 50 options.
 */
export type CustomFieldValueItem = {
  fieldUuid: string
  label: string | null
  type: string
  textValue: string | null
  numberValue: number | null
  dateValue: Date | null
  booleanValue: boolean | null
  optionLabels: string[]
  raw: string | null
}

/**
 * The custom fields of a partnership or a contact, in the order of the snapshot that it comes from.
 *
 * @throws UnauthenticatedError without a signed-in user.
 */
export async function listCustomFieldValues(
  ownerType: 'partnership' | 'contact',
  { companyUuid, uuid }: RecordKey,
): Promise<{ values: CustomFieldValueItem[]; more: boolean }> {
  await requireUser()
  const found = await db().$queryRaw<CustomFieldValueItem[]>`
    SELECT field_uuid AS "fieldUuid", left(label, 300) AS label, type,
      left(text_value, 5000) AS "textValue", number_value AS "numberValue",
      date_value AS "dateValue", boolean_value AS "booleanValue",
      ARRAY(SELECT left(chosen, 300) FROM unnest(option_labels[1:50]) chosen) AS "optionLabels",
      CASE WHEN num_nonnulls(text_value, number_value, date_value, boolean_value) = 0
        AND coalesce(cardinality(option_labels), 0) = 0 THEN left(raw::text, 5000) END AS raw
    FROM custom_field_value
    WHERE company_uuid = ${companyUuid} AND owner_type = ${ownerType}::custom_field_owner
      AND owner_uuid = ${uuid}
    ORDER BY position, field_uuid LIMIT ${SHOWN + 1}`
  return { values: found.slice(0, SHOWN), more: found.length > SHOWN }
}
