import type { CustomFieldItem } from '@/lib/schemas/custom-field'
import { storableJson } from '@/lib/schemas/storable'
import type { CustomFieldRow, CustomFieldValueRow } from './changes'
import { readCustomFieldValue } from './custom-field-value'
import type { Version } from './version'

/**
 * The definitions and the values in the custom fields of one snapshot, in its order. A field that
 * stands twice in it counts once: the last one wins.
 */
export function projectCustomFields(
  items: CustomFieldItem[],
  version: Version & { companyUuid: string; firstEventAt: Date },
): { definitions: CustomFieldRow[]; values: CustomFieldValueRow[] } {
  const lastIndex = new Map(items.map((item, index) => [item.uuid, index]))
  const definitions: CustomFieldRow[] = []
  const values: CustomFieldValueRow[] = []
  for (const [index, item] of items.entries()) {
    if (lastIndex.get(item.uuid) !== index) continue
    definitions.push(projectDefinition(item, version))
    const typed = readCustomFieldValue(item)
    // Spelled out: spreading objects took most of the time of a projection.
    values.push({
      fieldUuid: item.uuid,
      valueUuid: item.custom_field_value_uuid,
      position: index,
      label: item.label,
      type: item.type,
      textValue: typed.textValue,
      numberValue: typed.numberValue,
      dateValue: typed.dateValue,
      booleanValue: typed.booleanValue,
      optionIds: typed.optionIds,
      optionLabels: typed.optionLabels,
      raw: storableJson(item.value) ?? null,
    })
  }
  return { definitions, values }
}

function projectDefinition(
  item: CustomFieldItem,
  version: Version & { companyUuid: string; firstEventAt: Date },
): CustomFieldRow {
  return {
    companyUuid: version.companyUuid,
    occurredAt: version.occurredAt,
    eventSeq: version.eventSeq,
    firstEventAt: version.firstEventAt,
    uuid: item.uuid,
    label: item.label,
    type: item.type,
    options: item.options ?? null,
  }
}
