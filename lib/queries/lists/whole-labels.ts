import type { Transaction } from '@/lib/db'
import { fieldColumn, readFieldColumn } from '@/lib/list-view/field-column'
import type { ListColumn } from '@/lib/list-view/list-column'
import type { PlannedList } from './plan-list'

/** The columns of a list, of which those of the custom fields that its view shows have their labels uncut. */
export async function withWholeLabels(
  tx: Transaction,
  { columns, shownFields }: Pick<PlannedList, 'columns' | 'shownFields'>,
): Promise<ListColumn[]> {
  const fields = shownFields.map(readFieldColumn).filter((field) => field !== null)
  if (fields.length === 0) return columns
  const found = await tx.$queryRaw<{ companyUuid: string; uuid: string; label: string }[]>`
    SELECT company_uuid AS "companyUuid", uuid, label FROM custom_field
    WHERE (company_uuid, uuid) IN (
      SELECT * FROM unnest(${fields.map((field) => field.companyUuid)}::text[],
        ${fields.map((field) => field.fieldUuid)}::text[])) AND label <> ''`
  const labels = new Map(
    found.map(({ companyUuid, uuid, label }) => [fieldColumn(companyUuid, uuid), label]),
  )
  return columns.map((column) => ({ ...column, label: labels.get(column.key) ?? column.label }))
}
