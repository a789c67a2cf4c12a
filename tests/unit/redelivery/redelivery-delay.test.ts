import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_TRIES, readRetryAfter, redeliveryDelay } from '@/lib/redelivery/redelivery-delay'

const HOUR_MS = 3_600_000
const NOW = Date.UTC(2026, 10, 22, 7, 0, 0)

test('pauses grow threefold from five seconds to an hour', () => {
  const longest = Array.from({ length: MAX_TRIES }, (_, i) => redeliveryDelay(i + 1, null, () => 1))
  expect(longest).toEqual([
    5_000, 15_000, 45_000, 135_000, 405_000, 1_215_000, 3_600_000, 3_600_000,
  ])
})

test('a pause is a random half to all of it', () => {
  expect(redeliveryDelay(1, null, () => 0)).toBe(2_500)
  expect(redeliveryDelay(1, null, () => 0.5)).toBe(3_750)
  const drawn = new Set(Array.from({ length: 50 }, () => redeliveryDelay(7, null)))
  expect(drawn.size).toBeGreaterThan(25)
})

test('whatever is drawn and asked for, a pause lies within its bounds and grows with the tries', () => {
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const asked = fc.option(fc.integer({ min: 0, max: 10 * HOUR_MS }))
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), asked, random, (tries, retryAfterMs, drawn) => {
      const pause = redeliveryDelay(tries, retryAfterMs, () => drawn)
      const longest = redeliveryDelay(tries, null, () => 1)
      expect(Number.isInteger(pause)).toBe(true)
      expect(pause).toBeGreaterThanOrEqual(longest / 2)
      expect(pause).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, HOUR_MS))
      expect(pause).toBeLessThanOrEqual(Math.max(longest, Math.min(retryAfterMs ?? 0, HOUR_MS)))
      expect(longest).toBeLessThanOrEqual(HOUR_MS)
      expect(redeliveryDelay(tries + 1, retryAfterMs, () => drawn)).toBeGreaterThanOrEqual(pause)
    }),
  )
})

test('a receiver can ask for a longer pause, up to an hour, and never for a shorter one', () => {
  expect(redeliveryDelay(1, 60_000, () => 1)).toBe(60_000)
  expect(redeliveryDelay(1, 1, () => 1)).toBe(5_000)
  expect(redeliveryDelay(1, 10 * HOUR_MS, () => 1)).toBe(HOUR_MS)
})

test.each([
  ['120', 120_000],
  ['0', 0],
  [' 7 ', 7_000],
  ['Sun, 22 Nov 2026 07:01:00 GMT', 60_000],
  ['Sun, 22 Nov 2026 06:59:00 GMT', null],
  ['-5', null],
  ['1e3', null],
  ['99999999999999999999', null],
  ['tomorrow', null],
  ['2026-11-23', null],
  ['', null],
  [undefined, null],
])('Retry-After %j is read as %j ms', (header, ms) => {
  expect(readRetryAfter(header, NOW)).toBe(ms)
})
