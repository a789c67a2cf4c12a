import type { Cell } from '@/lib/export/cell'
import type { ColumnKey } from '@/lib/list-view/list-view'
import type { AttachmentRow } from './lists/attachment-rows'
import type { ContactRow } from './lists/contact-rows'
import type { CustomFieldRow } from './lists/custom-field-rows'
import type { FieldValue } from './lists/field-values'
import type { PartnershipRow } from './lists/partnership-rows'
import type { ListRows } from './walk-list'

type CellsOf<Row> = Record<ColumnKey, (row: Row) => Cell>

const PARTNERSHIP: CellsOf<PartnershipRow> = {
  name: (row) => row.name,
  stage: (row) => row.stage,
  tier: (row) => row.tier,
  category: (row) => row.category,
  country: (row) => row.country,
  industry: (row) => row.industry,
  partnerType: (row) => row.partnerType,
  contacts: (row) => row.contactCount,
  messages: (row) => row.messageCount,
  rooms: (row) => row.roomCount,
  lastMessage: (row) => row.lastMessageAt,
  domain: (row) => row.domain,
  website: (row) => row.website,
  email: (row) => row.email,
  phone: (row) => row.phone,
  firstSeen: (row) => row.firstSeenAt,
  changed: (row) => row.changedAt,
}

const CONTACT: CellsOf<ContactRow> = {
  name: (row) => fullName(row.firstName, row.lastName),
  email: (row) => row.email,
  position: (row) => row.position,
  company: (row) => row.companyName,
  partnership: (row) => row.partnershipName,
  tags: (row) => row.tags.map(({ label }) => label ?? ''),
  phone: (row) => row.phone,
  firstSeen: (row) => row.firstSeenAt,
  changed: (row) => row.changedAt,
}

const CUSTOM_FIELD: CellsOf<CustomFieldRow> = {
  name: (row) => row.label,
  type: (row) => row.type,
  options: (row) => row.firstOptions,
  partnerships: (row) => row.partnerships,
  contacts: (row) => row.contacts,
  firstSeen: (row) => row.firstSeenAt,
  changed: (row) => row.changedAt,
}

const ATTACHMENT: CellsOf<AttachmentRow> = {
  name: (row) => row.fileName,
  kind: (row) => row.kind,
  mimeType: (row) => row.mimeType,
  size: (row) => row.fileSize,
  partnership: (row) => row.partnershipName,
  author: (row) => fullName(row.authorFirstName, row.authorLastName) ?? row.authorEmail,
  sent: (row) => row.createdAt,
}

/** What stands in the built-in columns of a list's rows. */
export const EXPORT_CELLS: { [List in keyof ListRows]: CellsOf<ListRows[List]> } = {
  partnerships: PARTNERSHIP,
  contacts: CONTACT,
  'custom-fields': CUSTOM_FIELD,
  attachments: ATTACHMENT,
}

/** What stands in the column of a custom field: a value of its type, else what was sent as JSON. */
export function fieldCell(value: FieldValue | undefined): Cell {
  if (!value) return null
  const { type, optionLabels } = value
  if (type === 'multi_select') return optionLabels
  if (type === 'select' && optionLabels.length > 0) return optionLabels.join('; ')
  const { textValue, numberValue, dateValue, booleanValue, raw } = value
  return textValue ?? numberValue ?? (dateValue && dayOrMoment(dateValue)) ?? booleanValue ?? raw
}

// A date is sent as a moment too; midnight in UTC means the day.
function dayOrMoment(date: Date): Cell {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, -14) : date
}

function fullName(first: string | null, last: string | null): string | null {
  return [first, last].filter(Boolean).join(' ') || null
}
