import { Badge } from '@/components/ui/badge'
import { ExternalLink } from '@/components/ui/external-link'
import { formatDate, formatDateTime, formatNumber } from '@/lib/format'

/** The columns of a CustomFieldValue row that say what it holds. */
export type CustomFieldValueContent = {
  type: string
  textValue: string | null
  numberValue: number | null
  dateValue: Date | null
  booleanValue: boolean | null
  optionIds: string[]
  optionLabels: string[]
  /** What was sent, for a type that is not known or a value that does not fit its type. */
  raw: unknown
}

// Two lines never show more, and a text may be a megabyte.
const COMPACT_LENGTH = 300

type Props = {
  value: CustomFieldValueContent
  /** In a table: long text is cut off after two lines. */
  compact?: boolean
}

/** A custom field's value as its type wants it shown; an em dash when it is empty. */
export function CustomFieldValue({ value, compact = false }: Props) {
  if (value.textValue)
    return <TextValue text={value.textValue} type={value.type} compact={compact} />
  if (value.numberValue !== null) return <span>{formatNumber(value.numberValue)}</span>
  if (value.dateValue) return <DateValue date={value.dateValue} />
  if (value.booleanValue !== null) return <span>{value.booleanValue ? 'Yes' : 'No'}</span>
  if (value.optionIds.length > 0) return <Options value={value} />
  if (value.textValue === '' || isEmptyValue(value.raw))
    return <span className="text-muted">—</span>
  const json = JSON.stringify(value.raw).slice(0, compact ? COMPACT_LENGTH : undefined)
  return (
    <code className={compact ? 'line-clamp-2 font-mono text-xs' : 'font-mono text-xs'}>{json}</code>
  )
}

function TextValue({ text, type, compact }: { text: string; type: string; compact: boolean }) {
  if (compact) {
    return (
      <span dir="auto" className="line-clamp-2">
        {text.slice(0, COMPACT_LENGTH)}
      </span>
    )
  }
  if (type === 'textarea') {
    return (
      <div dir="auto" className="max-h-80 overflow-y-auto whitespace-pre-wrap" tabIndex={0}>
        {text}
      </div>
    )
  }
  return <ExternalLink href={text} />
}

function DateValue({ date }: { date: Date }) {
  // A field of type date is a day; JourneyBee sends it as midnight UTC.
  const isDay = date.getTime() % 86_400_000 === 0
  const text = isDay ? formatDate(date, 'UTC') : formatDateTime(date, 'UTC')
  return <time dateTime={date.toISOString()}>{text}</time>
}

function Options({ value }: { value: CustomFieldValueContent }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {value.optionIds.map((id, index) => (
        <li key={id} className="flex min-w-0">
          <Badge>
            <bdi>{value.optionLabels[index] || id}</bdi>
          </Badge>
        </li>
      ))}
    </ul>
  )
}

// `{ "text": null }` and `{ "multi_select": [] }` are how an empty field is sent, beside null itself.
function isEmptyValue(raw: unknown): boolean {
  if (raw === null || raw === undefined || raw === '') return true
  if (typeof raw !== 'object') return false
  return Object.values(raw).every(
    (item) => item === null || item === '' || (Array.isArray(item) && item.length === 0),
  )
}
