import { expect, test } from 'vitest'
import { fillHours } from '@/lib/queries/fill-hours'

const NOW = new Date('2026-03-29T01:30:00Z')

test('hours in which nothing arrived are there, empty, and the last is the current one', () => {
  const volume = fillHours([], NOW, 24)
  expect(volume).toHaveLength(24)
  expect(volume[0]!.hour).toEqual(new Date('2026-03-28T02:00:00Z'))
  expect(volume[23]!.hour).toEqual(new Date('2026-03-29T01:00:00Z'))
  expect(volume.map(({ hour: _, ...counts }) => counts)).toEqual(
    Array.from({ length: 24 }, () => ({ accepted: 0, invalid: 0, unsupported: 0, duplicate: 0 })),
  )
})

test('counters of one hour are added up by what the door made of the deliveries', () => {
  const hour = new Date('2026-03-29T00:00:00Z')
  const volume = fillHours(
    [
      { hour, status: 'pending', count: 3 },
      { hour, status: 'applied', count: 4 },
      { hour, status: 'failed', count: 1 },
      { hour, status: 'invalid', count: 2 },
      { hour, status: 'unsupported', count: 5 },
      { hour, status: 'duplicate', count: 6 },
      { hour: new Date('2026-03-29T01:00:00Z'), status: 'pending', count: 9 },
    ],
    NOW,
    2,
  )
  expect(volume).toEqual([
    { hour, accepted: 8, invalid: 2, unsupported: 5, duplicate: 6 },
    {
      hour: new Date('2026-03-29T01:00:00Z'),
      accepted: 9,
      invalid: 0,
      unsupported: 0,
      duplicate: 0,
    },
  ])
})

test('counters outside of the span are left out', () => {
  const outside = ['2026-03-28T23:00:00Z', '2026-03-29T02:00:00Z'].map((hour) => ({
    hour: new Date(hour),
    status: 'pending' as const,
    count: 1,
  }))
  expect(fillHours(outside, NOW, 2).every((hour) => hour.accepted === 0)).toBe(true)
})
