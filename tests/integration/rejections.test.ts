import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { flushRejections, recordRejection } from '@/lib/event-log/record-rejection'

beforeEach(() => db().$executeRaw`TRUNCATE rejection`)

const DAY_MS = 86_400_000

test('rejections are counted by minute and reason, and added to what is there', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T10:20:30Z') })
  for (let n = 0; n < 3; n++) recordRejection('not_json')
  recordRejection('no_token')
  await flushRejections()
  recordRejection('not_json')
  vi.setSystemTime(new Date('2026-11-22T10:21:00Z'))
  recordRejection('not_json')
  await flushRejections()
  await flushRejections()
  vi.useRealTimers()

  const rows = await db().rejection.findMany({ orderBy: [{ minute: 'asc' }, { reason: 'asc' }] })
  expect(rows).toEqual([
    { minute: new Date('2026-11-22T10:20:00Z'), reason: 'no_token', count: 1n },
    { minute: new Date('2026-11-22T10:20:00Z'), reason: 'not_json', count: 4n },
    { minute: new Date('2026-11-22T10:21:00Z'), reason: 'not_json', count: 1n },
  ])
})

test('they are written by themselves after a few seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  recordRejection('wrong_signature')
  await vi.advanceTimersByTimeAsync(3_000)
  vi.useRealTimers()
  await flushRejections()
  expect(await db().rejection.count()).toBe(1)
})

test('counts older than ninety days are purged, now and then', async () => {
  // Well beyond the hour of the purge that an earlier flush made.
  const now = Date.now() + 365 * DAY_MS
  const days = [0, 89, 91, 400]
  await db().rejection.createMany({
    data: days.map((age) => ({
      minute: new Date(now - age * DAY_MS),
      reason: 'not_json',
      count: BigInt(age),
    })),
  })
  vi.useFakeTimers({ toFake: ['Date'], now })
  await flushRejections()
  vi.useRealTimers()
  const kept = await db().rejection.findMany({ orderBy: { count: 'asc' } })
  expect(kept.map((row) => Number(row.count))).toEqual([0, 89])
})

test('a purge that fails does not make what was written count twice', async () => {
  const now = Date.now() + 2 * 365 * DAY_MS
  await db().rejection.create({ data: { minute: new Date(0), reason: 'not_json', count: 7n } })
  await db().$executeRaw`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no purge today'; END $$`
  await db().$executeRaw`
    CREATE TRIGGER refuse BEFORE DELETE ON rejection FOR EACH ROW EXECUTE FUNCTION refuse()`
  vi.useFakeTimers({ toFake: ['Date'], now })
  recordRejection('not_json')
  await flushRejections()
  await flushRejections()
  vi.useRealTimers()
  await db().$executeRaw`DROP TRIGGER refuse ON rejection`
  await db().$executeRaw`DROP FUNCTION refuse`
  const rows = await db().rejection.findMany({ orderBy: { minute: 'asc' } })
  expect(rows.map((row) => Number(row.count))).toEqual([7, 1])
})
