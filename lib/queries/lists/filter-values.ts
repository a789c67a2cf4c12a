import { InvalidAddressError } from '@/lib/errors'
import { TIME_SPANS, type Filter, type TimeSpan } from '@/lib/list-view/list-view'

const DAY_MS = 86_400_000
const NUMBER = /^-?\d{1,300}(\.\d{1,300})?(e[+-]?\d{1,3})?$/i

/** From the beginning of one moment to just before another; null where it is open. */
export type TimeRange = { from: Date | null; before: Date | null }

/** From one number to another, both included; null where it is open. */
export type NumberRange = { min: number | null; max: number | null }

/**
 * @throws InvalidAddressError when the filter has other values than none.
 */
export function readNoValue({ values }: Filter): void {
  if (values.length > 0) throw refusal('“empty” and “filled” take no value.')
}

/**
 * What `any`, `all` and `none` name.
 *
 * @throws InvalidAddressError when nothing is named.
 */
export function readValues({ operator, values }: Filter): string[] {
  if (values.length === 0) throw refusal(`“${operator}” needs at least one value.`)
  return [...new Set(values)]
}

/**
 * What `contains` and `is` look for in a text.
 *
 * @throws InvalidAddressError when it is not exactly one text, or an empty one.
 */
export function readText({ operator, values }: Filter): string {
  const [text] = values
  if (text === undefined || text.trim() === '' || values.length > 1) {
    throw refusal(`“${operator}” needs one text.`)
  }
  return text
}

/** @throws InvalidAddressError when it is neither true nor false. */
export function readBoolean({ values }: Filter): boolean {
  const [value] = values
  if (values.length !== 1 || (value !== 'true' && value !== 'false')) {
    throw refusal('“is” can be true or false; nothing else.')
  }
  return value === 'true'
}

/** @throws InvalidAddressError when it is not two numbers, of which one may be missing. */
export function readNumberRange({ values }: Filter): NumberRange {
  const [min, max] = readRange(values).map((text) => {
    if (text === '') return null
    const number = NUMBER.test(text) ? Number(text) : NaN
    if (!Number.isFinite(number)) throw refusal('“between” takes numbers such as -1 or 2.5.')
    return number
  })
  return { min: min ?? null, max: max ?? null }
}

/**
 * The span of a date filter, in whole UTC days.
 *
 * @param now For the spans that move with the calendar.
 * @throws InvalidAddressError when it is not two days, of which one may be missing, or a known span.
 */
export function readTimeRange({ operator, values }: Filter, now: Date): TimeRange {
  if (operator === 'within') {
    const span = TIME_SPANS.find((known) => known === values[0])
    if (span !== undefined && values.length === 1) return timeSpan(span, now)
    throw refusal(`“within” can be ${TIME_SPANS.join(', ')}; nothing else.`)
  }
  const [from, to] = readRange(values).map((text) => (text === '' ? null : readDay(text)))
  return { from: from ?? null, before: to ? new Date(to.getTime() + DAY_MS) : null }
}

/** The last seven days are today and the six before it; likewise the others. */
export function timeSpan(span: TimeSpan, now: Date): TimeRange {
  const year = now.getUTCFullYear()
  const month = now.getUTCMonth()
  const today = Date.UTC(year, month, now.getUTCDate())
  const days = (first: number, count: number) => ({
    from: new Date(first),
    before: new Date(first + count * DAY_MS),
  })
  const last = (count: number) => days(today - (count - 1) * DAY_MS, count)
  switch (span) {
    case 'this-year':
      return { from: new Date(Date.UTC(year, 0)), before: new Date(Date.UTC(year + 1, 0)) }
    case 'this-month':
      return { from: new Date(Date.UTC(year, month)), before: new Date(Date.UTC(year, month + 1)) }
    case 'last-7-days':
      return last(7)
    case 'last-30-days':
      return last(30)
    case 'last-90-days':
      return last(90)
    case 'next-30-days':
      return days(today, 30)
  }
}

function readRange(values: string[]): string[] {
  if (values.length === 2 && values.some((value) => value !== '')) return values
  throw refusal('“between” needs a beginning, an end, or both.')
}

function readDay(text: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !text.startsWith('0000')
  const ms = isDay ? Date.parse(`${text}T00:00:00.000Z`) : NaN
  // Date.parse takes the 30th of February for a day in March.
  if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)) return new Date(ms)
  throw refusal('“between” takes days such as 2026-01-31.')
}

function refusal(reason: string): InvalidAddressError {
  return new InvalidAddressError(`A filter in this address can’t be read. ${reason}`)
}
