import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { timestamp } from '@/lib/schemas/primitives'

describe.each(['UTC', 'America/New_York', 'Pacific/Kiritimati'])(
  'a moment, on a machine in %s,',
  (zone) => {
    beforeEach(() => vi.stubEnv('TZ', zone))
    afterEach(() => vi.unstubAllEnvs())

    test.each([
      [1_705_312_800_000, '2024-01-15T10:00:00.000Z'],
      [1_705_312_800_000.7, '2024-01-15T10:00:00.000Z'],
      [0, '1970-01-01T00:00:00.000Z'],
      ['2024-01-15T10:00:00.123Z', '2024-01-15T10:00:00.123Z'],
      ['2024-01-15T10:00:00+02:00', '2024-01-15T08:00:00.000Z'],
      ['2024-01-15T10:00:00', '2024-01-15T10:00:00.000Z'],
      ['2024-01-15 10:00', '2024-01-15T10:00:00.000Z'],
      ['2024-01-15', '2024-01-15T00:00:00.000Z'],
    ])('is %j, which means %s', (value, expected) => {
      expect(timestamp.parse(value).toISOString()).toBe(expected)
    })

    test.each([
      '5',
      '',
      'yesterday',
      'Jan 15, 2024',
      '2024-02-30',
      '2024-01-15T25:00:00Z',
      '1969-12-31T23:59:59Z',
      '+010000-01-01T00:00:00Z',
      -1,
      8.64e15,
    ])('is not %j', (value) => {
      expect(timestamp.safeParse(value).success).toBe(false)
    })
  },
)
