import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatCount,
  formatDate,
  formatDateTime,
  formatNumber,
  formatRelativeTime,
} from '@/lib/format'

const moment = new Date('2026-11-22T23:30:05Z')

describe('a moment', () => {
  test('is written to the second, in the zone that is asked for', () => {
    expect(formatDateTime(moment, 'UTC')).toBe('22 Nov 2026, 23:30:05 UTC')
    expect(formatDateTime(moment, 'Asia/Tokyo')).toBe('23 Nov 2026, 08:30:05 GMT+9')
  })

  test('belongs to a different day in a different zone', () => {
    expect(formatDate(moment, 'UTC')).toBe('22 Nov 2026')
    expect(formatDate(moment, 'Asia/Tokyo')).toBe('23 Nov 2026')
  })

  test('at midnight is 00:00, not 24:00', () => {
    expect(formatDateTime(new Date('2026-01-01T00:00:00Z'), 'UTC')).toBe('1 Jan 2026, 00:00:00 UTC')
  })

  test('is written in UTC as Intl writes it', () => {
    const format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: 'UTC', timeZoneName: 'short', hourCycle: 'h23' },
      ...{ year: 'numeric', month: 'short', day: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    })
    const moments = fc.date({
      ...{ min: new Date('0000-06-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') },
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, (value) => {
        const part = Object.fromEntries(format.formatToParts(value).map((p) => [p.type, p.value]))
        expect(formatDateTime(value, 'UTC')).toBe(
          `${part.day} ${part.month} ${part.year}, ${part.hour}:${part.minute}:${part.second} UTC`,
        )
      }),
    )
  })

  test('can be as late as the year 9999', () => {
    expect(formatDate(new Date(253_402_300_799_999), 'UTC')).toBe('31 Dec 9999')
  })
})

describe('how long ago', () => {
  test.each([
    [0, 'just now'],
    [59_999, 'just now'],
    [60_000, '1 min ago'],
    [59 * 60_000 + 59_999, '59 min ago'],
    [3_600_000, '1 h ago'],
    [86_399_999, '23 h ago'],
    [86_400_000, '1 day ago'],
    [13 * 86_400_000, '13 days ago'],
    [14 * 86_400_000, '8 Nov 2026'],
    [-30_000, 'just now'],
    [-3 * 3_600_000, 'in 3 h'],
    [-20 * 86_400_000, '12 Dec 2026'],
  ])('%i ms is "%s"', (ms, text) => {
    expect(formatRelativeTime(new Date(moment.getTime() - ms), moment, 'UTC')).toBe(text)
  })
})

describe('a size', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1536, '1.54 kB'],
    [9_996, '10 kB'],
    [12_345, '12.3 kB'],
    [99_960, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [1_048_576, '1.05 MB'],
    [9_007_199_254_740_991n, '9.01 PB'],
  ])('of %s bytes is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

test('counts are grouped, also beyond what a double holds', () => {
  expect(formatCount(0)).toBe('0')
  expect(formatCount(1_234_567)).toBe('1,234,567')
  expect(formatCount(9_007_199_254_740_993n)).toBe('9,007,199,254,740,993')
})

test('numbers keep their digits, and very large and small ones their exponent', () => {
  expect(formatNumber(1234.5)).toBe('1,234.5')
  expect(formatNumber(0)).toBe('0')
  expect(formatNumber(-0.25)).toBe('-0.25')
  expect(formatNumber(1e300)).toBe('1e+300')
  expect(formatNumber(5e-324)).toBe('5e-324')
})
