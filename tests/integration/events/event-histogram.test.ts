import { beforeAll, expect, test, vi } from 'vitest'
import { histogramSummary } from '@/components/events/histogram-summary'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { eventHistogram } from '@/lib/queries/event-histogram'
import { storeEvent } from '@/tests/support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const at = (time: string) => new Date(`2026-11-20T${time}:00Z`)
const DAYS = 3 * 24 * 3_600_000

beforeAll(async () => {
  // One event an hour for four days, as the receiver counts them; the log needs the first of them alone.
  await storeEvent({ receivedAt: new Date(at('00:30').getTime() - DAYS) })
  await db().$executeRaw`
    INSERT INTO event_tally (hour, event_type, status, writer, count)
    SELECT hour, 'partner_updated', 'applied', 0, 1
    FROM generate_series('2026-11-17T00:00Z'::timestamptz, '2026-11-20T23:00Z', '1 hour') hour`
})

const count = (from: Date, to: Date) =>
  actingAs(user, () => eventHistogram({ ...EVERY_EVENT, from, to }, to))

test('of hours that a chosen time only begins or ends in all is counted, and the summary says so', async () => {
  const to = at('10:30')
  const found = await count(new Date(to.getTime() - DAYS), to)
  expect(found).toMatchObject({ total: 73, inWholeHours: true })
  expect(histogramSummary(found, { from: found.from })).toBe(
    '73 events in the chosen time, in whole hours',
  )
})

test('no other hours are counted, however long the bars are', async () => {
  const to = at('11:00')
  const found = await count(new Date(to.getTime() - DAYS), to)
  expect(found.bucketMs).toBeGreaterThan(3_600_000)
  expect(found).toMatchObject({ total: 72, inWholeHours: false })
  expect(histogramSummary(found, { from: found.from })).toBe('72 events in the chosen time')
})

test('where the log begins is no edge', async () => {
  const found = await count(at('00:00'), at('12:00'))
  expect(found).toMatchObject({ total: 0, inWholeHours: false })
  const all = await count(new Date('2026-11-01T00:00Z'), at('12:00'))
  expect(all).toMatchObject({ total: 84, inWholeHours: false })
})
