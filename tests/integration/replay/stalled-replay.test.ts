import { beforeEach, afterEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { controlRun } from '@/lib/replay/control-run'
import { createRun } from '@/lib/replay/create-run'
import { areArrivalsLate } from '@/lib/replay/let-arrivals-go-first'
import { MOST_TRIES } from '@/lib/replay/note-failed-try'
import { Pace } from '@/lib/replay/pace'
import { replayNextBatch } from '@/lib/replay/replay-next-batch'
import { runReplays, workOnRun } from '@/lib/replay/run-replays'
import { insertEvents } from '../../support/insert-events'
import { emptyEverything } from '../../support/read-model'
import { messageBody } from '../../support/sample-bodies'

// They wait for locks and for statements to run out of time, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const ACTOR = 'ann@waggle.test'
const FOREVER = new AbortController().signal

const run = (id: string) => db().replayRun.findUniqueOrThrow({ where: { id } })

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change`
})

afterEach(async () => {
  await db().$executeRaw`DROP FUNCTION IF EXISTS stall() CASCADE`
})

test('a replay that can’t get on says why, lets younger ones begin, and is tried again', async () => {
  await insertEvents(messages(3).map((event) => ({ ...event, status: 'failed' as const })))
  const stuck = await createRun('replay', EVERY_EVENT, ACTOR)
  const younger = await createRun('replay', EVERY_EVENT, ACTOR)
  await refuseAttemptsOf(stuck)
  const stop = new AbortController()
  const working = runReplays({ signal: stop.signal })
  await expect.poll(async () => (await run(younger)).status, PATIENTLY).toBe('finished')
  stop.abort()
  await working
  const { tries, nextTryAt, errorMessage, status, done } = await run(stuck)
  expect({ status, done, tries: tries > 0 }).toEqual({ status: 'running', done: 0n, tries: true })
  expect(nextTryAt).not.toBeNull()
  expect(errorMessage).toBe(`Try ${tries} of 10 failed: the disk is full`)

  expect(await replayNextBatch(stuck)).toBe('taken')
  await db().$executeRaw`DROP FUNCTION stall() CASCADE`
  await db().replayRun.update({ where: { id: stuck }, data: { nextTryAt: new Date(0) } })
  expect(await workOnRun(stuck, FOREVER)).toBe(true)
  expect(await run(stuck)).toMatchObject({
    status: 'finished',
    done: 3n,
    tries: 0,
    errorMessage: null,
  })
})

test('a replay that fails every time is over after ten tries, and can’t be resumed', async () => {
  await insertEvents(messages(3).map((event) => ({ ...event, status: 'failed' as const })))
  const stuck = await createRun('replay', EVERY_EVENT, ACTOR)
  await refuseAttemptsOf(stuck)
  for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
    expect((await run(stuck)).status).not.toBe('failed')
    await workOnRun(stuck, FOREVER)
    await db().replayRun.update({ where: { id: stuck }, data: { nextTryAt: null } })
  }
  expect(await run(stuck)).toMatchObject({
    status: 'failed',
    tries: MOST_TRIES,
    errorMessage: 'Try 10 of 10 failed: the disk is full',
  })
  expect((await run(stuck)).finishedAt).not.toBeNull()
  await expect(controlRun(stuck, 'resume')).rejects.toThrow('The run is failed')
})

test('what is too much to count or to search in one statement is read stretch by stretch', async () => {
  const needle = { ...messages(1)[0]!, body: messageBody({ content: 'the needle' }) }
  await insertEvents([...messages(399), needle])
  const id = await createRun('replay', { ...EVERY_EVENT, text: 'the needle' }, ACTOR)
  const slow = await readBodiesSlowly()
  const counted: bigint[] = []
  try {
    const pace = new Pace(PATIENCE_MS)
    // Two who count at once count nothing twice.
    const other = new Pace(PATIENCE_MS)
    for (let outcome = 'worked'; outcome !== 'finished';) {
      ;[outcome] = (await Promise.all([
        replayNextBatch(id, { events: 250, blame: false, pace }),
        (await run(id)).total === null
          ? replayNextBatch(id, { events: 250, blame: false, pace: other })
          : 'taken',
      ])) as [string, string]
      counted.push((await run(id)).countedSeq)
    }
  } finally {
    await slow.undo()
  }
  expect(new Set(counted).size).toBeGreaterThan(2)
  expect(await run(id)).toMatchObject({ status: 'finished', total: 1n, done: 1n, changed: 1n })
})

test('a run that is being counted can be cancelled meanwhile', async () => {
  await insertEvents(messages(400))
  const id = await createRun('replay', { ...EVERY_EVENT, text: 'the needle' }, ACTOR)
  const slow = await readBodiesSlowly()
  try {
    const counting = replayNextBatch(id, { events: 250, blame: false, pace: new Pace(60_000) })
    await expect.poll(isReadingSlowly, PATIENTLY).toBe(true)
    await controlRun(id, 'cancel')
    expect(await isReadingSlowly()).toBe(true)
    expect(await counting).toBe('taken')
  } finally {
    await slow.undo()
  }
  expect(await run(id)).toMatchObject({ status: 'cancelled', total: null })
})

test('a batch that takes too long is tried in smaller parts', async () => {
  await insertEvents(messages(40).map((event) => ({ ...event, status: 'failed' as const })))
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  await db().$executeRaw`
    CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$`
  await db().$executeRaw`
    CREATE TRIGGER stall BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION stall()`
  // One that was ended may hold its locks for a moment longer, so that the next try finds the run taken.
  while ((await run(id)).status !== 'finished') await workOnRun(id, FOREVER, { timeoutMs: 1_000 })
  expect(await run(id)).toMatchObject({ status: 'finished', done: 40n, changed: 40n, tries: 0 })
})

test('a replay lets those arrivals go first that have waited for longer than a moment', async () => {
  const [event] = await insertEvents([{ ...messages(1)[0]!, receivedAt: new Date() }])
  const receivedAt = (ms: number) =>
    db().webhookEvent.update({
      where: { seq: event!.seq },
      data: { receivedAt: new Date(Date.now() + ms) },
    })
  await receivedAt(60_000)
  expect(await areArrivalsLate()).toBe(false)
  await receivedAt(-60_000)
  expect(await areArrivalsLate()).toBe(true)
  await db().$executeRaw`UPDATE webhook_event SET status = 'applied'`
  expect(await areArrivalsLate()).toBe(false)
})

const PATIENTLY = { timeout: 20_000 }
const PATIENCE_MS = 1_500

function messages(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    eventType: 'message_created',
    body: messageBody({ uuid: `message_${index}`, content: 'hay' }),
  }))
}

/** Makes the projections of a run fail for a reason that no event is to blame for. */
async function refuseAttemptsOf(runId: string): Promise<void> {
  await db().$executeRawUnsafe(`
    CREATE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.run_id = '${runId}' THEN RAISE 'the disk is full' USING ERRCODE = '53100'; END IF;
      RETURN NEW;
    END $$`)
  await db().$executeRaw`
    CREATE TRIGGER stall BEFORE INSERT ON event_attempt FOR EACH ROW EXECUTE FUNCTION stall()`
}

/** Puts a view in the place of the log that takes 5 ms for each body that is looked at. */
async function readBodiesSlowly() {
  await db().$executeRaw`
    CREATE FUNCTION stall(seq bigint) RETURNS boolean LANGUAGE plpgsql STABLE AS
      $$ BEGIN PERFORM pg_sleep(0.005); RETURN true; END $$`
  const columns = await db().$queryRaw<{ name: string }[]>`
    SELECT attname AS name FROM pg_attribute
    WHERE attrelid = 'webhook_event'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`
  const list = columns.map(({ name }) =>
    name === 'body' ? 'CASE WHEN stall(seq) THEN body END AS body' : name,
  )
  await db().$executeRaw`ALTER TABLE webhook_event RENAME TO fast_webhook_event`
  await db().$executeRawUnsafe(
    `CREATE VIEW webhook_event AS SELECT ${list.join(', ')} FROM fast_webhook_event`,
  )
  return {
    undo: async () => {
      await db().$executeRaw`DROP VIEW webhook_event`
      await db().$executeRaw`ALTER TABLE fast_webhook_event RENAME TO webhook_event`
      await db().$executeRaw`DROP FUNCTION stall(bigint)`
    },
  }
}

async function isReadingSlowly(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND state = 'active' AND query LIKE '%webhook_event%'`
  return (row?.count ?? 0) > 0
}
