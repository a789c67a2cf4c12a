import type { ContactTag, CustomFieldValueRow } from '@/lib/projections/changes'
import { cutAroundDifference } from './cut-around-difference'
import type { CustomFieldValueItem } from './list-custom-field-values'

const MAX_TEXT = 300
const MAX_OPTIONS = 50

/** A custom field's value as pages draw it. */
export type ShownFieldValue = Omit<CustomFieldValueItem, 'fieldUuid' | 'label'>

/** A value before or after a change. Texts are cut to some 300 characters, around where the two differ. */
export type ShownValue = { text: string } | { field: ShownFieldValue }

/** Two values side by side; null stands for nothing, or for what nobody could see. */
export type ShownPair = [ShownValue | null, ShownValue | null]

/** Two values of one column of a partnership or a contact. */
export function shownColumns(before: unknown, after: unknown): ShownPair {
  return shownTexts(columnText(before), columnText(after))
}

export function shownTexts(before: string | null, after: string | null): ShownPair {
  const [a, b] = cutAroundDifference(before ?? '', after ?? '', MAX_TEXT)
  return [before ? { text: a } : null, after ? { text: b } : null]
}

/** Two values of one custom field; null where the snapshot does not list it. */
export function shownFieldValues(
  before: CustomFieldValueRow | null,
  after: CustomFieldValueRow | null,
): ShownPair {
  const [textA, textB] = cutAroundDifference(textOf(before), textOf(after), MAX_TEXT)
  const [rawA, rawB] = cutAroundDifference(rawOf(before), rawOf(after), MAX_TEXT)
  return [shownFieldValue(before, textA, rawA), shownFieldValue(after, textB, rawB)]
}

function shownFieldValue(
  row: CustomFieldValueRow | null,
  text: string,
  raw: string,
): ShownValue | null {
  if (row === null || isEmpty(row)) return null
  const { type, numberValue, dateValue, booleanValue } = row
  const optionLabels = row.optionLabels.slice(0, MAX_OPTIONS).map((label) => start(label))
  const field = { type, textValue: text, numberValue, dateValue, booleanValue, optionLabels, raw }
  return { field }
}

function columnText(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return null
  // Tags: the one column that is no text.
  const tags = value as ContactTag[]
  return tags.map((tag) => start(tag.label || tag.id || tag.uuid || '?')).join(', ')
}

function start(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).toWellFormed()}…` : text
}

function textOf(row: CustomFieldValueRow | null): string {
  return row?.textValue ?? ''
}

function rawOf(row: CustomFieldValueRow | null): string {
  return row && isUntyped(row) ? JSON.stringify(row.raw) : ''
}

function isUntyped(row: CustomFieldValueRow): boolean {
  const { textValue, numberValue, dateValue, booleanValue, optionLabels } = row
  return (
    !textValue &&
    numberValue === null &&
    !dateValue &&
    booleanValue === null &&
    !optionLabels.length
  )
}

// As an empty field is sent: null, "", or an object whose members are nothing (journeybee.md, Custom fields).
function isEmpty(row: CustomFieldValueRow): boolean {
  if (!isUntyped(row)) return false
  const { raw } = row
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return isNothing(raw)
  return Object.values(raw).every(isNothing)
}

function isNothing(value: unknown): boolean {
  return value == null || value === '' || (Array.isArray(value) && value.length === 0)
}
