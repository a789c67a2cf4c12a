import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db } from '@/lib/db'
import { UnauthenticatedError } from '@/lib/errors'
import { countEvents } from '@/lib/queries/count-events'
import { countTotals, recentTotals } from '@/lib/queries/count-totals'
import { eventVolume } from '@/lib/queries/event-volume'
import { listEventTypes } from '@/lib/queries/list-event-types'
import { listRejections } from '@/lib/queries/list-rejections'
import { listTroubles } from '@/lib/queries/list-troubles'
import { projectorLag } from '@/lib/queries/projector-lag'
import { storeEvent } from '@/tests/support/store-event'

// Next's, outside of a request: a browser without cookies.
vi.mock('next/headers', () => ({ cookies: async () => new Map() }))

const user = { id: '00000000-0000-4000-8000-000000000001', email: 'admin@waggle.test' }
const signedIn = <T>(work: () => Promise<T>) => actingAs(user, work)

beforeEach(async () => {
  await db()
    .$executeRaw`TRUNCATE webhook_event, event_tally, rejection, partnership, contact, room, message`
})

describe('the totals', () => {
  test('are zero while nothing was received', async () => {
    expect(await signedIn(countTotals)).toEqual({
      partnerships: { count: 0, exact: true },
      contacts: { count: 0, exact: true },
      rooms: { count: 0, exact: true },
      messages: { count: 0, exact: true },
      events: { count: 0, exact: true },
    })
  })

  test('count the read model, messages that are not deleted, and every delivery', async () => {
    const version = { eventSeq: 1n, projectorVersion: 1, occurredAt: new Date() }
    const row = { companyUuid: 'company_a', firstEventAt: new Date(), ...version }
    const sorted = { sortKey: '', searchText: '' }
    await db().partnership.createMany({
      data: ['partnership_a', 'partnership_b'].map((uuid) => ({ ...row, ...sorted, uuid })),
    })
    await db().contact.create({ data: { ...row, ...sorted, uuid: 'contact_a', tags: [] } })
    await db().room.createMany({
      data: [
        { ...row, uuid: 'room_a', messageCount: 3 },
        { ...row, uuid: 'room_b', messageCount: 4 },
      ],
    })
    await db().eventTally.createMany({
      data: [1, 2].map((writer) => ({
        hour: new Date('2020-01-01T00:00:00Z'),
        eventType: 'message_created',
        status: 'pending' as const,
        writer,
        count: 10n,
      })),
    })
    expect(await signedIn(countTotals)).toEqual({
      partnerships: { count: 2, exact: true },
      contacts: { count: 1, exact: true },
      rooms: { count: 2, exact: true },
      messages: { count: 7, exact: true },
      events: { count: 20, exact: true },
    })
  })

  test('stop at 100,000 rows and say so', async () => {
    await db().$executeRaw`
      INSERT INTO room (company_uuid, uuid, message_count, first_event_at, occurred_at, event_seq,
        projector_version)
      SELECT 'company_a', n::text, 2, now(), now(), 1, 1 FROM generate_series(1, 100001) n`
    expect(await signedIn(countTotals)).toMatchObject({
      rooms: { count: 100_000, exact: false },
      messages: { count: 200_000, exact: false },
    })
  })

  test('are the same for everybody who looks at the same time', async () => {
    const [one, other] = await Promise.all([signedIn(recentTotals), signedIn(recentTotals)])
    expect(one).toBe(other)
  })
})

test('the volume adds up types and writers an hour, within its span only', async () => {
  const now = new Date('2026-11-22T10:20:00Z')
  const tally = (hour: string, eventType: string, writer: number, count: bigint) => ({
    hour: new Date(hour),
    eventType,
    status: 'pending' as const,
    writer,
    count,
  })
  await db().eventTally.createMany({
    data: [
      tally('2026-11-22T10:00:00Z', 'message_created', 1, 1n),
      tally('2026-11-22T10:00:00Z', 'message_created', 2, 2n),
      tally('2026-11-22T10:00:00Z', 'partner_updated', 1, 4n),
      tally('2026-11-21T11:00:00Z', 'partner_updated', 1, 8n),
      tally('2026-11-21T10:00:00Z', 'partner_updated', 1, 16n),
      tally('2026-11-15T10:00:00Z', 'partner_updated', 1, 32n),
    ],
  })
  const day = await signedIn(() => eventVolume('24h', now))
  expect(day).toHaveLength(24)
  expect(day[0]!.accepted).toBe(8)
  expect(day[23]!.accepted).toBe(7)
  expect(day.reduce((sum, hour) => sum + hour.accepted, 0)).toBe(15)
  const week = await signedIn(() => eventVolume('7d', now))
  expect(week).toHaveLength(168)
  expect(week.reduce((sum, hour) => sum + hour.accepted, 0)).toBe(31)
})

test('failures are those that failed or were invalid, newest first, and no others', async () => {
  for (const status of [
    'failed',
    'applied',
    'invalid',
    'duplicate',
    'failed',
    'pending',
  ] as const) {
    await storeEvent({ status, errorMessage: status })
  }
  const troubles = await signedIn(listTroubles)
  expect(troubles.failed).toEqual({ count: 2, exact: true })
  expect(troubles.invalid).toEqual({ count: 1, exact: true })
  expect(troubles.newest.map((event) => event.errorMessage)).toEqual([
    'failed',
    'invalid',
    'failed',
  ])
})

test('rows that the latest check found to differ are a trouble until a check or a rebuild says otherwise', async () => {
  await db().$executeRaw`TRUNCATE replay_run`
  const finish = async (
    kind: 'parity' | 'rebuild',
    hour: number,
    report: { differences?: number },
  ) => {
    const time = new Date(Date.UTC(2026, 2, 1, hour))
    const data = { id: randomUUID(), kind, report, createdAt: time, finishedAt: time }
    await db().replayRun.create({
      data: { ...data, status: 'finished', actor: 'every night', filter: {}, upperSeq: 0n },
    })
    return data
  }
  const differences = async () => (await signedIn(listTroubles)).differences
  expect(await differences()).toBeNull()
  const check = await finish('parity', 3, { differences: 2 })
  expect(await differences()).toEqual({ runId: check.id, rows: 2, foundAt: check.finishedAt })
  await finish('rebuild', 4, {})
  expect(await differences()).toBeNull()
  await finish('parity', 5, { differences: 1 })
  expect(await differences()).toMatchObject({ rows: 1 })
  await finish('parity', 6, { differences: 0 })
  expect(await differences()).toBeNull()
})

test('rejections are counted by reason over the last hour and day, each explained', async () => {
  const now = new Date('2026-11-22T10:20:30Z')
  await db().rejection.createMany({
    data: [
      { minute: new Date('2026-11-22T10:20:00Z'), reason: 'wrong_signature', count: 3n },
      { minute: new Date('2026-11-22T08:00:00Z'), reason: 'wrong_signature', count: 4n },
      { minute: new Date('2026-11-22T10:00:00Z'), reason: 'of_a_newer_version', count: 9n },
      { minute: new Date('2026-11-21T10:00:00Z'), reason: 'no_token', count: 1n },
    ],
  })
  expect(await signedIn(() => listRejections(now))).toEqual([
    expect.objectContaining({
      reason: 'of_a_newer_version',
      lastHour: 9,
      title: 'of_a_newer_version',
    }),
    {
      reason: 'wrong_signature',
      title: 'Signed with another secret',
      advice: expect.stringContaining('INTEGRATION_UUID'),
      lastHour: 3,
      lastDay: 7,
      lastMinute: new Date('2026-11-22T10:20:00Z'),
    },
  ])
})

test('the lag is how many events are pending and since when the oldest is', async () => {
  expect(await signedIn(projectorLag)).toEqual({
    pending: { count: 0, exact: true },
    oldestReceivedAt: null,
  })
  const oldest = new Date('2026-11-22T10:00:00Z')
  await storeEvent({ status: 'applied', receivedAt: new Date('2026-11-22T09:00:00Z') })
  await storeEvent({ status: 'pending', receivedAt: oldest })
  await storeEvent({ status: 'pending', receivedAt: new Date('2026-11-22T10:01:00Z') })
  expect(await signedIn(projectorLag)).toEqual({
    pending: { count: 2, exact: true },
    oldestReceivedAt: oldest,
  })
  expect(await signedIn(() => countEvents('pending', 1))).toEqual({ count: 1, exact: false })
})

test('the types to filter by are the known ones and whatever else arrived', async () => {
  await storeEvent({ eventType: 'message_created' })
  await storeEvent({ eventType: 'deal_created', status: 'unsupported' })
  await storeEvent({ eventType: 'deal_created', status: 'unsupported' })
  const types = await signedIn(listEventTypes)
  expect(types).toHaveLength(8)
  expect(types.at(-1)).toBe('deal_created')
})

test.each([
  ['totals', countTotals],
  ['kept totals', recentTotals],
  ['counts', () => countEvents('failed', 1)],
  ['volume', () => eventVolume('24h')],
  ['failures', listTroubles],
  ['rejections', () => listRejections()],
  ['lag', projectorLag],
  ['types', listEventTypes],
])('the %s are not told to somebody who is not signed in', async (_, query) => {
  await expect(query()).rejects.toThrow(UnauthenticatedError)
})
