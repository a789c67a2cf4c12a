import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastTime } from '@/lib/replay/upkeep/last-time'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const at = (hour: number, now: string) => lastTime(hour, new Date(now)).toISOString()

test('the hour begins today, or before it has come, yesterday, in UTC', () => {
  expect(at(3, '2026-11-22T03:00:00.000Z')).toBe('2026-11-22T03:00:00.000Z')
  expect(at(3, '2026-11-22T02:59:59.999Z')).toBe('2026-11-21T03:00:00.000Z')
  expect(at(0, '2026-03-01T00:00:00.000Z')).toBe('2026-03-01T00:00:00.000Z')
  expect(at(23, '2024-03-01T22:00:00.000Z')).toBe('2024-02-29T23:00:00.000Z')
})

test('of any moment it is the one such hour of the day that lies before it', () => {
  const moments = fc.date({
    min: new Date('2000-01-01'),
    max: new Date('2100-01-01'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 23 }), moments, (hour, now) => {
      const ago = now.getTime() - lastTime(hour, now).getTime()
      expect(ago).toBeGreaterThanOrEqual(0)
      expect(ago).toBeLessThan(DAY_MS)
      expect(lastTime(hour, now).getTime() % DAY_MS).toBe(hour * HOUR_MS)
    }),
  )
})
