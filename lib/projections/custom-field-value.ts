import type { CustomFieldItem, CustomFieldType } from '@/lib/schemas/custom-field'
import { parseIsoTime } from '@/lib/schemas/iso-time'
import { storableText } from '@/lib/schemas/storable'
import type { CustomFieldValueRow } from './changes'

type TypedValue = Pick<
  CustomFieldValueRow,
  'textValue' | 'numberValue' | 'dateValue' | 'booleanValue' | 'optionIds' | 'optionLabels'
>

type Value = Record<string, unknown>

type Reader = (value: Value, typed: TypedValue, item: CustomFieldItem) => void

const MAX_OPTION_ID_LENGTH = 200
// What an ISO string of four-digit years expresses, which Postgres takes too.
const MIN_DATE_MS = Date.parse('0001-01-01T00:00:00.000Z')
const MAX_DATE_MS = Date.parse('9999-12-31T23:59:59.999Z')

const READERS: Record<CustomFieldType, Reader> = {
  text: readText,
  textarea: readText,
  number: ({ number }, typed) => {
    if (Number.isFinite(number)) typed.numberValue = number as number
  },
  date: ({ date }, typed) => {
    typed.dateValue = parseDate(date)
  },
  boolean: ({ boolean }, typed) => {
    if (typeof boolean === 'boolean') typed.booleanValue = boolean
  },
  select: ({ select }, typed, item) => readOptions([select], typed, item),
  multi_select: ({ multi_select: chosen }, typed, item) => {
    if (Array.isArray(chosen)) readOptions(chosen, typed, item)
  },
}

/**
 * The typed columns of a custom field's value (journeybee.md, Custom fields). A value that does not fit
 * its type, or whose type is not known, leaves all of them empty: it is kept raw and is not an error.
 */
export function readCustomFieldValue(item: CustomFieldItem): TypedValue {
  const typed: TypedValue = {
    textValue: null,
    numberValue: null,
    dateValue: null,
    booleanValue: null,
    optionIds: [],
    optionLabels: [],
  }
  const { type, value } = item
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && isKnownType(type)) {
    READERS[type](value as Value, typed, item)
  }
  return typed
}

function isKnownType(type: string): type is CustomFieldType {
  return Object.hasOwn(READERS, type)
}

function readText(value: Value, typed: TypedValue): void {
  const text = value.text ?? value.textarea
  if (typeof text === 'string') typed.textValue = storableText(text)
}

function parseDate(value: unknown): Date | null {
  if (typeof value === 'number') return dateWithinBounds(Math.trunc(value))
  const ms = typeof value === 'string' ? parseIsoTime(value) : null
  return ms === null ? null : dateWithinBounds(ms)
}

function dateWithinBounds(ms: number): Date | null {
  return ms >= MIN_DATE_MS && ms <= MAX_DATE_MS ? new Date(ms) : null
}

// All of them or none: half of a choice would be a wrong answer.
function readOptions(chosen: unknown[], typed: TypedValue, item: CustomFieldItem): void {
  const ids = new Set<string>()
  for (const id of chosen) {
    if (typeof id !== 'string' && !Number.isFinite(id)) return
    const text = storableText(String(id))
    if (text === '' || text.length > MAX_OPTION_ID_LENGTH) return
    ids.add(text)
  }
  if (ids.size === 0) return
  const labels = new Map((item.options ?? []).map((option) => [option.id, option.label]))
  typed.optionIds = [...ids]
  typed.optionLabels = typed.optionIds.map((id) => labels.get(id) || id)
}
