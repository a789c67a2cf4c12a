import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { projectBatch } from '@/lib/projector/project-batch'
import { controlRun } from '@/lib/replay/control-run'
import { createRun, retryFailed, runForetold } from '@/lib/replay/create-run'
import { replayNextBatch } from '@/lib/replay/replay-next-batch'
import { RunNotFoundError, RunStatusError } from '@/lib/replay/replay-run'
import { workOnRun } from '@/lib/replay/run-replays'
import { workOnDryRun } from '@/lib/replay/work-on-dry-run'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything, emptyReadModel } from '../../support/read-model'
import { messageBody, partnershipBody } from '../../support/sample-bodies'

const ACTOR = 'ann@waggle.test'
const FOREVER = new AbortController().signal
const ONE = { events: 1, blame: false }

// A replay waits for events that have waited for longer than a moment: these have not come yet.
const receivedAt = new Date(Date.now() + 3_600_000)

const HISTORY = [
  { eventType: 'partner_created', body: partnershipBody() },
  { eventType: 'message_created', body: messageBody({ content: 'old' }) },
  { eventType: 'message_created', body: {}, status: 'invalid' as const },
  { eventType: 'message_updated', body: messageBody({ content: 'new', updated_at: 2_000 }) },
  { eventType: 'partner_created', body: partnershipBody(), status: 'duplicate' as const },
]

const run = (id: string) => db().replayRun.findUniqueOrThrow({ where: { id } })

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change`
})

test('a run takes up every event but duplicates and later ones, and counts what came of each', async () => {
  await insertEvents(HISTORY)
  await projectBatch()
  const before = await dumpReadModel()
  await emptyReadModel()
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody({ uuid: 'later' }), receivedAt },
  ])

  expect(await workOnRun(id, AbortSignal.timeout(20_000))).toBe(true)

  expect(await run(id)).toMatchObject({
    status: 'finished',
    total: 4n,
    done: 4n,
    changed: 2n,
    unchanged: 1n,
    failed: 1n,
  })
  expect(await db().partnership.count({ where: { uuid: 'later' } })).toBe(0)
  expect({ ...(await dumpReadModel()), partnership_total: [] }).toEqual({
    ...before,
    partnership_total: [],
  })
  expect(await db().eventAttempt.count({ where: { runId: id, actor: ACTOR } })).toBe(4)
})

test('a run can be paused, resumed and cancelled between two batches, and not without reason', async () => {
  await insertEvents(HISTORY)
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  await replayNextBatch(id, ONE)
  await replayNextBatch(id, ONE)
  expect(await run(id)).toMatchObject({ status: 'running', done: 1n })

  await controlRun(id, 'pause')
  expect(await replayNextBatch(id, ONE)).toBe('taken')
  await expect(controlRun(id, 'pause')).rejects.toThrow(RunStatusError)
  await controlRun(id, 'resume')
  expect(await replayNextBatch(id, ONE)).toBe('worked')
  await controlRun(id, 'cancel')
  expect(await replayNextBatch(id, ONE)).toBe('taken')
  await expect(controlRun(id, 'resume')).rejects.toThrow('The run is cancelled')

  expect(await run(id)).toMatchObject({ status: 'cancelled', done: 2n })
  expect(await db().eventAttempt.count({ where: { runId: id } })).toBe(2)
  await expect(controlRun('none', 'pause')).rejects.toThrow(RunNotFoundError)
})

test('two workers at one run take turns, and each event counts once', async () => {
  await insertEvents(
    Array.from({ length: 30 }, (_, index) => ({
      eventType: 'message_created',
      body: messageBody({ uuid: `message_${index}` }),
    })),
  )
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  const work = async () => {
    while ((await run(id)).status !== 'finished') await replayNextBatch(id, { ...ONE, events: 3 })
  }
  await Promise.all([work(), work(), work()])
  expect(await run(id)).toMatchObject({ total: 30n, done: 30n, changed: 30n, failed: 0n })
  const attempts = await db().eventAttempt.findMany({ where: { runId: id } })
  expect(new Set(attempts.map(({ eventSeq }) => eventSeq)).size).toBe(30)
  expect(attempts.length).toBe(30)
})

test('just the events that failed in a run are retried', async () => {
  const inserted = await insertEvents(HISTORY.map((event) => ({ ...event, receivedAt })))
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  await workOnRun(id, FOREVER)
  const again = await retryFailed(id, ACTOR)
  await workOnRun(again, FOREVER)
  expect(await run(again)).toMatchObject({ status: 'finished', total: 1n, done: 1n, failed: 1n })
  expect(await db().eventAttempt.findMany({ where: { runId: again } })).toMatchObject([
    { eventSeq: inserted[2]?.seq, outcome: 'invalid' },
  ])
  const [whole] = await insertEvents([
    { eventType: 'partner_created', body: partnershipBody(), receivedAt },
  ])
  const fine = await createRun('replay', { ...EVERY_EVENT, ids: [whole?.id ?? ''] }, ACTOR)
  await workOnRun(fine, FOREVER)
  await expect(retryFailed(fine, ACTOR)).rejects.toThrow('No event failed in this run')
})

test('a dry run is kept with its rows, changes nothing, and can be run', async () => {
  await insertEvents(HISTORY)
  await projectBatch()
  const right = await dumpReadModel()
  await db().$executeRaw`UPDATE message SET content = 'Wrong'`
  const wrong = await dumpReadModel()

  const id = await createRun('dry_run', EVERY_EVENT, ACTOR)
  expect(await workOnDryRun(FOREVER)).toBe(true)
  expect(await workOnDryRun(FOREVER)).toBe(false)

  expect(await dumpReadModel()).toEqual(wrong)
  expect(await run(id)).toMatchObject({
    status: 'finished',
    done: 4n,
    changed: 1n,
    failed: 1n,
    report: {
      superseded: [{ eventType: 'message_created', subject: { uuid: 'message_1' } }],
      failures: [{ outcome: 'invalid', code: 'schema_mismatch' }],
    },
  })
  expect(await db().replayChange.findMany({ where: { runId: id } })).toMatchObject([
    {
      number: 1,
      tableName: 'message',
      kind: 'changed',
      key: { company_uuid: 'company_1', uuid: 'message_1' },
      fields: [{ name: 'content', before: 'Wrong', after: 'new' }],
    },
  ])
  expect(await db().eventAttempt.count()).toBe(0)

  await workOnRun(await runForetold(id, ACTOR), FOREVER)
  expect(await dumpReadModel()).toEqual(right)
})

test('a dry run that nobody goes on with is begun anew, and a cancelled one is left', async () => {
  await insertEvents(HISTORY)
  const left = await createRun('dry_run', EVERY_EVENT, ACTOR)
  await db().replayRun.update({
    where: { id: left },
    data: { status: 'running', heartbeatAt: new Date(Date.now() - 60_000) },
  })
  const cancelled = await createRun('dry_run', EVERY_EVENT, ACTOR)
  await controlRun(cancelled, 'cancel')
  expect(await workOnDryRun(FOREVER)).toBe(true)
  expect(await workOnDryRun(FOREVER)).toBe(false)
  expect((await run(left)).status).toBe('finished')
  expect((await run(cancelled)).status).toBe('cancelled')
})

test('a process that has lost a dry run to another one writes nothing more to it', async () => {
  await insertEvents(HISTORY)
  const id = await createRun('dry_run', EVERY_EVENT, ACTOR)
  const working = db().$transaction(async (tx) => {
    // The first batch waits for this lock, so that somebody else can take over.
    await tx.$executeRaw`LOCK TABLE webhook_event IN ACCESS EXCLUSIVE MODE`
    const working = workOnDryRun(FOREVER)
    await expect.poll(async () => (await run(id)).status, { timeout: 20_000 }).toBe('running')
    await db().$executeRaw`
      UPDATE replay_run SET lease = gen_random_uuid(), heartbeat_at = clock_timestamp(), done = 77
      WHERE id = ${id}::uuid`
    return { working }
  })
  expect(await (await working).working).toBe(true)
  expect(await run(id)).toMatchObject({ status: 'running', done: 77n, report: null })
  expect(await db().replayChange.count({ where: { runId: id } })).toBe(0)

  // By the database's clock, whatever this process's says.
  await db()
    .$executeRaw`UPDATE replay_run SET heartbeat_at = clock_timestamp() - interval '1 minute'`
  expect(await workOnDryRun(FOREVER)).toBe(true)
  expect(await run(id)).toMatchObject({ status: 'finished', done: 4n, lease: null })
})

test('a run counts apart the rows whose totals it puts right, and the first moments with their events', async () => {
  await insertEvents([
    { eventType: 'partner_created', body: partnershipBody() },
    { eventType: 'message_created', body: messageBody() },
    { eventType: 'message_created', body: messageBody({ uuid: 'message_2', room_uuid: 'room_2' }) },
  ])
  await projectBatch()
  const right = await dumpReadModel()
  await db().$executeRaw`UPDATE room SET message_count = message_count + 7`
  await db().$executeRaw`UPDATE partnership_total SET contact_count = 3`
  await db().$executeRaw`UPDATE partnership SET first_event_at = now()`
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  await workOnRun(id, FOREVER)
  expect(await dumpReadModel()).toEqual(right)
  expect(await run(id)).toMatchObject({ done: 3n, changed: 1n, unchanged: 2n, righted: 3n })
  const again = await createRun('replay', EVERY_EVENT, ACTOR)
  await workOnRun(again, FOREVER)
  expect(await run(again)).toMatchObject({ done: 3n, changed: 0n, unchanged: 3n, righted: 0n })
})
