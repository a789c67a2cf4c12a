import { beforeAll, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { rejectionHistory } from '@/lib/queries/rejection-history'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }

function at(hour: number, minute = 0): Date {
  return new Date(Date.UTC(2026, 10, 22, hour, minute))
}

beforeAll(async () => {
  await db().rejection.createMany({
    data: [
      { minute: at(3), reason: 'no_token', count: 100n },
      { minute: at(8), reason: 'no_token', count: 2n },
      { minute: at(8), reason: 'wrong_signature', count: 3n },
      { minute: at(8, 30), reason: 'wrong_signature', count: 4n },
      { minute: at(9), reason: 'made_by_a_newer_version', count: 1n },
      { minute: at(10), reason: 'no_token', count: 50n },
    ],
  })
})

test('tells of a span of time what was turned away when, and why, with what to do about it', async () => {
  const history = await actingAs(user, () => rejectionHistory(at(8), at(10)))
  expect(history.total).toBe(10)
  expect(
    history.reasons.map(({ reason, count, first, last }) => [reason, count, first, last]),
  ).toEqual([
    ['wrong_signature', 7, at(8), at(8, 30)],
    ['no_token', 2, at(8), at(8)],
    ['made_by_a_newer_version', 1, at(9), at(9)],
  ])
  expect(history.reasons.every(({ advice }) => advice.length > 0)).toBe(true)
  const bars = history.buckets.filter(({ count }) => count > 0)
  expect(bars).toEqual([
    { start: at(8), count: 5 },
    { start: at(8, 30), count: 4 },
    { start: at(9), count: 1 },
  ])
  const { start } = history.buckets.at(-1)!
  expect(start.getTime() + history.bucketMs).toBe(at(10).getTime())
})

test('has few bars for an address that asks for all time, and none too many without rejections', async () => {
  const ever = await actingAs(user, () => rejectionHistory(new Date(0), at(12)))
  expect(ever.total).toBe(160)
  expect(ever.buckets.length).toBeLessThanOrEqual(60)
  expect(ever.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(160)
  const before = await actingAs(user, () => rejectionHistory(at(0), at(1)))
  expect(before.reasons).toEqual([])
  expect(before.buckets.length).toBeLessThanOrEqual(60)
})

test('tells nothing to somebody who is not signed in', async () => {
  await expect(rejectionHistory(at(8), at(10))).rejects.toThrow(UnauthenticatedError)
})
