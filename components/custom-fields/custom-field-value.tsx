import { Badge } from '@/components/ui/badge'
import { ExternalLink } from '@/components/ui/external-link'
import { formatDate, formatDateTime, formatNumber } from '@/lib/format'

/** What a custom field's value holds, as the queries of pages read it. */
export type CustomFieldValueContent = {
  type: string
  textValue: string | null
  numberValue: number | null
  dateValue: Date | null
  booleanValue: boolean | null
  optionLabels: string[]
  /** JSON text as it was sent, perhaps cut; read when the value is of no known type or does not fit it. */
  raw: string | null
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
  if (value.optionLabels.length > 0) return <Options labels={value.optionLabels} />
  if (value.textValue === '' || value.raw === null || isEmptyJson(value.raw)) {
    return <span className="text-muted">—</span>
  }
  return (
    <code dir="auto" className={compact ? 'line-clamp-2 font-mono text-xs' : 'font-mono text-xs'}>
      {compact ? value.raw.slice(0, COMPACT_LENGTH) : value.raw}
    </code>
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

function Options({ labels }: { labels: string[] }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {labels.map((label, index) => (
        <li key={index} className="flex min-w-0">
          <Badge>
            <bdi>{label}</bdi>
          </Badge>
        </li>
      ))}
    </ul>
  )
}

// `{ "text": null }` and `{ "multi_select": [] }` are how an empty field is sent, beside null itself.
const EMPTY_JSON = /^(?:null|""|\[\]|\{(?:"(?:[^"\\]|\\.)*":(?:null|""|\[\]),?)*\})$/

function isEmptyJson(json: string): boolean {
  return EMPTY_JSON.test(json.replace(/\s+/g, ''))
}
