import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { PROJECTOR_VERSION } from '@/lib/projections/projector-version'
import { projectBatch } from '@/lib/projector/project-batch'
import { EventNotFoundError, replayEvent } from '@/lib/replay/replay-event'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { messageBody, partnershipBody } from '../../support/sample-bodies'

const ACTOR = 'ann@waggle.test'

beforeEach(emptyEverything)

const event = (id: string) => db().webhookEvent.findUniqueOrThrow({ where: { id } })

test('replaying an old event undoes nothing newer, and is recorded as an attempt', async () => {
  const [old] = await insertEvents([
    { eventType: 'message_created', body: messageBody({ content: 'old' }) },
    { eventType: 'message_updated', body: messageBody({ content: 'new', updated_at: 2_000 }) },
    { eventType: 'message_deleted', body: { message: { uuid: 'message_2' } } },
  ])
  await projectBatch()
  const before = await dumpReadModel()

  expect(await replayEvent(old?.id ?? '', ACTOR)).toEqual({ outcome: 'applied' })

  expect(await dumpReadModel()).toEqual(before)
  expect(await event(old?.id ?? '')).toMatchObject({ status: 'applied', attempts: 2 })
  expect(await db().eventAttempt.findMany()).toMatchObject([
    {
      eventSeq: old?.seq,
      trigger: 'replay',
      outcome: 'applied',
      actor: ACTOR,
      projectorVersion: PROJECTOR_VERSION,
      errorCode: null,
    },
  ])
})

test('the replay of one event is kept as a run of one, with who asked for it and what came of it', async () => {
  await db().$executeRaw`TRUNCATE replay_run`
  const [fine, faulty, twice] = await insertEvents([
    { eventType: 'partner_created', body: partnershipBody() },
    { eventType: 'partner_created', body: {}, status: 'invalid' },
    { eventType: 'partner_created', body: partnershipBody(), status: 'duplicate' },
  ])
  for (const id of [fine, faulty, twice].map((each) => each?.id ?? '')) {
    await replayEvent(id, ACTOR)
  }
  const one = { kind: 'replay', status: 'finished', actor: ACTOR, total: 1n, done: 1n }
  const runs = await db().replayRun.findMany({ orderBy: { createdAt: 'asc' } })
  expect(runs).toMatchObject([
    { ...one, filter: { ids: [fine?.id] }, changed: 1n, failed: 0n },
    { ...one, filter: { ids: [faulty?.id] }, changed: 0n, failed: 1n },
  ])
  const attempts = await db().eventAttempt.findMany({ orderBy: { id: 'asc' } })
  expect(attempts.map(({ runId }) => runId)).toEqual(runs.map(({ id }) => id))
})

test('an event that was turned away takes effect once it fits', async () => {
  const [invalid, unsupported] = await insertEvents([
    { eventType: 'partner_created', body: partnershipBody({ uuid: 'a' }), status: 'invalid' },
    { eventType: 'partner_created', body: partnershipBody({ uuid: 'b' }), status: 'unsupported' },
  ])
  for (const id of [invalid?.id ?? '', unsupported?.id ?? '']) {
    expect(await replayEvent(id, ACTOR)).toEqual({ outcome: 'applied' })
    expect(await event(id)).toMatchObject({ status: 'applied', errorCode: null, attempts: 1 })
  }
  expect(await db().partnership.count()).toBe(2)
})

test.each([
  ['invalid', 'partner_created', {}, 'schema_mismatch'],
  ['unsupported', 'deal_created', {}, 'unsupported_type'],
] as const)(
  'an event that still does not fit stays %s and says why',
  async (status, eventType, body, code) => {
    const [inserted] = await insertEvents([{ eventType, body, status }])
    const result = await replayEvent(inserted?.id ?? '', ACTOR)
    expect(result.outcome).toBe(status)
    expect(result.message).toBeTruthy()
    expect(await event(inserted?.id ?? '')).toMatchObject({ status, errorCode: code, attempts: 1 })
    expect(await db().eventAttempt.findMany()).toMatchObject([
      { outcome: status, errorCode: code, errorMessage: result.message, actor: ACTOR },
    ])
  },
)

test('an event that failed can be replayed once the cause is gone', async () => {
  const [inserted] = await insertEvents([{ eventType: 'partner_created', body: partnershipBody() }])
  await db().$executeRaw`ALTER TABLE partnership ADD CONSTRAINT never CHECK (uuid = '')`
  await projectBatch()
  expect((await replayEvent(inserted?.id ?? '', ACTOR)).outcome).toBe('failed')
  await db().$executeRaw`ALTER TABLE partnership DROP CONSTRAINT never`
  expect(await replayEvent(inserted?.id ?? '', ACTOR)).toEqual({ outcome: 'applied' })
  expect(await event(inserted?.id ?? '')).toMatchObject({
    status: 'applied',
    attempts: 3,
    errorCode: null,
    errorMessage: null,
  })
})

test('a duplicate is never projected', async () => {
  const [inserted] = await insertEvents([
    { eventType: 'partner_created', body: partnershipBody(), status: 'duplicate' },
  ])
  expect((await replayEvent(inserted?.id ?? '', ACTOR)).outcome).toBe('duplicate')
  expect(await event(inserted?.id ?? '')).toMatchObject({ status: 'duplicate', attempts: 0 })
  expect(await db().partnership.count()).toBe(0)
})

test('an id of no event, or that is no id, is refused by name', async () => {
  for (const id of [randomUUID(), 'not-an-id', '', "'; DROP TABLE webhook_event; --"]) {
    await expect(replayEvent(id, ACTOR)).rejects.toBeInstanceOf(EventNotFoundError)
  }
})
