import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { drainPending } from '@/lib/projector/drain-pending'
import { controlRun } from '@/lib/replay/control-run'
import { createNightlyCheck, createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { dropLeftovers, workOnUpkeep } from '@/lib/replay/upkeep/work-on-upkeep'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { check, shadows, stageOf } from '../../support/upkeep'
import { attachment, contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

const ANN = 'ann@waggle.test'
const TIMEOUT_MS = 600_000

const never = new AbortController().signal

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change, parity_event`
})

test('a check of a read model that equals its log compares every row and finds nothing', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  const run = await check()
  const rows = Object.values(await dumpReadModel()).flat().length
  expect(run).toMatchObject({ status: 'finished', actor: ANN, failed: 0n, changed: 0n })
  expect(run.report).toMatchObject({ compared: rows, differences: 0 })
  expect(run.done).toBe(BigInt(HISTORY.length))
  expect(rows).toBeGreaterThan(6)
})

test('what has not been projected yet is no difference', async () => {
  await insertEvents(HISTORY.slice(0, 2))
  await drainPending()
  await insertEvents(HISTORY.slice(2))
  expect((await check()).report).toMatchObject({ differences: 0 })
})

test('a check tells of each value what stands there and what the log says', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  await db().$executeRaw`UPDATE contact SET first_name = 'by a fault'`
  await db().$executeRaw`
    INSERT INTO author (company_uuid, uuid, occurred_at, event_seq, projector_version)
    VALUES ('company_1', 'nobody', now(), 1, 1)`
  const run = await check()
  const changes = await db().replayChange.findMany({
    where: { runId: run.id },
    orderBy: { number: 'asc' },
  })
  expect(changes).toMatchObject([
    {
      tableName: 'contact',
      kind: 'changed',
      fields: [{ name: 'first_name', before: 'by a fault' }],
    },
    { tableName: 'author', kind: 'removed', key: { uuid: 'nobody' } },
  ])
})

test('of each kind there is one at a time, and what is over makes room for the next', async () => {
  const first = await createUpkeep('rebuild', ANN)
  await expect(createUpkeep('rebuild', ANN)).rejects.toMatchObject({ runId: first })
  await createUpkeep('parity', ANN)
  expect(await workOnUpkeep(never)).toBe(true)
  expect(await workOnUpkeep(never)).toBe(true)
  expect(await workOnUpkeep(never)).toBe(false)
  expect(await createUpkeep('rebuild', ANN)).not.toBe(first)
})

test('the nightly check is asked for once a night, also later than in its hour', async () => {
  const at = (time: string) => createNightlyCheck(3, new Date(`${time}Z`))
  expect(await at('2026-03-01T03:00:00')).toBeNull()
  await insertEvents([{ ...HISTORY[0]!, receivedAt: new Date('2026-03-01T02:30:00Z') }])
  expect(await at('2026-03-01T02:59:59')).toBeNull()
  const asked = await Promise.all(
    ['03:00:01', '03:00:02', '03:00:03'].map((time) => at(`2026-03-01T${time}`)),
  )
  expect(asked.filter((id) => id !== null)).toHaveLength(1)
  await workOnUpkeep(never)
  expect(await at('2026-03-01T03:59:59')).toBeNull()
  expect(await at('2026-03-02T02:59:59')).toBeNull()

  // Nobody was there at three.
  const late = await at('2026-03-02T17:20:00')
  expect(late).not.toBeNull()
  expect(await at('2026-03-02T17:21:00')).toBeNull()
  await db().replayRun.updateMany({ data: { status: 'failed' } })
  expect(await at('2026-03-02T23:00:00')).toBeNull()
  expect(await at('2026-03-03T03:00:00')).not.toBeNull()
})

test('a rebuild that is cancelled leaves the live tables alone and nothing behind', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  const live = await dumpReadModel()
  const id = await createUpkeep('rebuild', ANN)
  await db().replayRun.update({ where: { id }, data: { status: 'cancelled' } })
  await db().$executeRaw`CREATE SCHEMA waggle_rebuild_shadow`
  expect(await workOnUpkeep(never)).toBe(false)
  await dropLeftovers()
  expect(await dumpReadModel()).toEqual(live)
  expect(await shadows()).toBe(0)
})

test(
  'a rebuild is finished when what came of the events is noted on all of them, part by part',
  async () => {
    await insertEvents(
      many(0, 1_200).map((event) => ({ ...event, status: 'unsupported' as const })),
    )
    const last = await db().webhookEvent.aggregate({ _max: { seq: true } })
    await db().$executeRawUnsafe(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.event_seq = ${last._max.seq} THEN RAISE 'the disk is full' USING ERRCODE = '53100'; END IF;
      RETURN NEW;
    END $$`)
    await db().$executeRaw`
    CREATE TRIGGER refuse BEFORE INSERT ON event_attempt FOR EACH ROW EXECUTE FUNCTION refuse()`
    const id = await createUpkeep('rebuild', ANN)
    try {
      await expect(workOnUpkeep(never)).rejects.toThrow('the disk is full')
      expect(await db().message.count()).toBe(1_200)
      expect(await db().webhookEvent.count({ where: { status: 'applied' } })).toBe(1_000)
      expect(await db().replayRun.findUniqueOrThrow({ where: { id } })).toMatchObject({
        status: 'running',
        report: { stage: 'noting' },
      })
      await expect(controlRun(id, 'cancel')).rejects.toThrow('The new tables are in place already')
    } finally {
      await db().$executeRaw`DROP FUNCTION refuse() CASCADE`
    }
    await workOnUpkeep(never)
    expect(await db().replayRun.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'finished',
      done: 1_200n,
    })
    const attempts = await db().eventAttempt.groupBy({ by: ['eventSeq'], _count: true })
    expect(attempts.map(({ _count }) => _count)).toEqual(Array<number>(1_200).fill(1))
    expect(await shadows()).toBe(0)
  },
  TIMEOUT_MS,
)

test(
  'a rebuild among arrivals loses none of them',
  async () => {
    await insertEvents(many(0, 400))
    const stop = new AbortController()
    let sent = 400
    const arrivals = (async () => {
      while (!stop.signal.aborted) {
        await insertEvents(many(sent, 40))
        sent += 40
        await drainPending()
      }
    })()
    for (let round = 0; round < 3; round++) {
      const id = await createUpkeep('rebuild', ANN)
      await workOnUpkeep(never)
      expect((await db().replayRun.findUniqueOrThrow({ where: { id } })).status).toBe('finished')
    }
    stop.abort()
    await arrivals
    expect(await db().webhookEvent.count({ where: { status: 'applied' } })).toBe(sent)
    expect(await db().message.count()).toBe(sent)
    expect((await check()).report).toMatchObject({ differences: 0 })
  },
  TIMEOUT_MS,
)

test('a rebuild that is cancelled while it works stops, and leaves the live tables alone', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  await db().$executeRaw`UPDATE contact SET first_name = 'by a fault'`
  const live = await dumpReadModel()
  const id = await createUpkeep('rebuild', ANN)
  const stage = async () => stageOf(await db().replayRun.findUniqueOrThrow({ where: { id } }))
  const worked = await db().$transaction(async (tx) => {
    // Somebody reads, so that it is neither finished nor over.
    await tx.room.count()
    const working = workOnUpkeep(never)
    await expect.poll(stage, { timeout: 20_000 }).toBe('waiting')
    await controlRun(id, 'cancel')
    return working
  })
  expect(worked).toBe(true)
  expect((await db().replayRun.findUniqueOrThrow({ where: { id } })).status).toBe('cancelled')
  expect(await dumpReadModel()).toEqual(live)
  expect(await shadows()).toBe(0)
})

const HISTORY: TestEvent[] = [
  { eventType: 'partner_created', body: partnershipBody() },
  { eventType: 'partner_contact_created', body: contactBody() },
  {
    eventType: 'message_created',
    body: messageBody({ attachments: [attachment('attachment_1')] }),
  },
  { eventType: 'message_created', body: messageBody({ uuid: 'message_2', room_uuid: 'room_2' }) },
]

function many(from: number, count: number): TestEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    eventType: 'message_created',
    body: messageBody({
      uuid: `message_${from + index}`,
      room_uuid: `room_${(from + index) % 50}`,
    }),
  }))
}
