/** The zone in which the server writes times; the browser shows its own one on hover. */
export const SERVER_TIME_ZONE = 'UTC'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const RELATIVE_DAYS = 14

// Making one takes longer than writing fifty times with it, and a page has hundreds. There are no more of them than
// zones: the server's and the browser's own.
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    })
    formats.set(timeZone, format)
  }
  return format
}

type Parts = Record<
  'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'timeZoneName',
  string | number
>

// The parts are put together by hand: the order and the short names of en-GB differ between ICU releases.
function partsOf(value: Date, timeZone: string): Parts {
  // The server writes a hundred times a page, all in this zone; Intl takes ten times as long for it.
  if (timeZone === SERVER_TIME_ZONE && value.getUTCFullYear() >= 1) return utcParts(value)
  const format = formatOf(timeZone)
  const parts = format.formatToParts(value).map((part) => [part.type, part.value])
  return Object.fromEntries(parts) as Parts
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function utcParts(value: Date): Parts {
  const two = (part: number) => String(part).padStart(2, '0')
  return {
    year: value.getUTCFullYear(),
    month: MONTHS[value.getUTCMonth()] ?? '',
    day: value.getUTCDate(),
    hour: two(value.getUTCHours()),
    minute: two(value.getUTCMinutes()),
    second: two(value.getUTCSeconds()),
    timeZoneName: 'UTC',
  }
}

/**
 * A day: "22 Nov 2026".
 *
 * @param timeZone An IANA name; decides which day a moment belongs to.
 */
export function formatDate(value: Date, timeZone: string): string {
  const { day, month, year } = partsOf(value, timeZone)
  return `${day} ${month} ${year}`
}

/**
 * A moment to the second, with its zone: "22 Nov 2026, 14:03:05 UTC".
 *
 * @param timeZone An IANA name.
 */
export function formatDateTime(value: Date, timeZone: string): string {
  const parts = partsOf(value, timeZone)
  const day = `${parts.day} ${parts.month} ${parts.year}`
  return `${day}, ${parts.hour}:${parts.minute}:${parts.second} ${parts.timeZoneName}`
}

/**
 * How long ago, or how far ahead, in the largest whole unit: "just now", "5 min ago", "3 h ago",
 * "1 day ago", "in 2 days". From 14 days on the date, which then says more.
 *
 * @param timeZone An IANA name, for the date.
 */
export function formatRelativeTime(value: Date, now: Date, timeZone: string): string {
  const distance = now.getTime() - value.getTime()
  const size = Math.abs(distance)
  if (size < MINUTE) return 'just now'
  if (size >= RELATIVE_DAYS * DAY) return formatDate(value, timeZone)
  const span = formatSpan(size)
  return distance > 0 ? `${span} ago` : `in ${span}`
}

function formatSpan(ms: number): string {
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`
  const days = Math.floor(ms / DAY)
  return days === 1 ? '1 day' : `${days} days`
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** A size in decimal units with at most three digits: 0 → "0 B", 1536 → "1.54 kB", 12_345_678 → "12.3 MB". */
export function formatBytes(bytes: number | bigint): string {
  let size = Number(bytes)
  let unit = 0
  // 999.5 would be written as "1000": it belongs to the next unit.
  while (size >= 999.5 && unit < BYTE_UNITS.length - 1) {
    size /= 1000
    unit += 1
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2
  return `${Number(size.toFixed(digits))} ${BYTE_UNITS[unit]}`
}

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const EXACT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 })

/** A count with separators: 1234567 → "1,234,567". */
export function formatCount(count: number | bigint): string {
  return WHOLE.format(count)
}

/** A count that may have stopped at a limit: "1,204", or "10,000+" when there may be more. */
export function formatBoundedCount({ count, exact }: { count: number; exact: boolean }): string {
  return `${formatCount(count)}${exact ? '' : '+'}`
}

/** A number as it was sent, with separators: 1234.5 → "1,234.5"; outside 1e-6 … 1e15 as JavaScript writes it. */
export function formatNumber(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return String(value)
  return EXACT.format(value)
}
