import { expect, test } from 'vitest'
import { TailPlace } from '@/lib/cli/commands/tail-place'

test('it looks back a little from the newest event, and not before the first', () => {
  expect(new TailPlace(10_000n).from).toBe(9_500n)
  expect(new TailPlace(20n).from).toBe(0n)
})

test('what is known is not taken again, and what comes late is taken once', () => {
  const place = new TailPlace(10_000n)
  place.take(9_990n)
  expect([9_990n, 9_991n, 10_001n, 10_001n, 9_991n].map((seq) => place.take(seq))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})

test('events that the filter does not find are not looked at again and again', () => {
  const place = new TailPlace(10_000n)
  place.moveTo(1_000_000n)
  expect(place.from).toBe(999_500n)
  place.moveTo(5n)
  expect(place.from).toBe(999_500n)
})

test('an event that it has taken is known for as long as it is looked at', () => {
  const place = new TailPlace(0n)
  for (let seq = 1n; seq <= 5_000n; seq++) expect(place.take(seq)).toBe(true)
  for (let seq = place.from + 1n; seq <= 5_000n; seq++) expect(place.take(seq)).toBe(false)
})
