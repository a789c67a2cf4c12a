import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db, disconnectDb } from '@/lib/db'
import { env } from '@/lib/env'
import { listenForPending } from '@/lib/projector/listen-for-pending'
import { projectBatch } from '@/lib/projector/project-batch'
import { runProjector } from '@/lib/projector/run-projector'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything, roomsThatMiscount } from '../../support/read-model'
import { attachment, messageBody, partnershipBody } from '../../support/sample-bodies'

const PATIENCE = { timeout: 20_000, interval: 25 }

let stop: AbortController
let running: Promise<void>[]
// Outside the pool of the code under test, so that it survives what is done to that one.
let observer: pg.Client

beforeEach(async () => {
  await emptyEverything()
  stop = new AbortController()
  running = []
  observer = new pg.Client({ connectionString: env().DATABASE_URL })
  await observer.connect()
})

afterEach(async () => {
  stop.abort()
  await Promise.all(running)
  await observer.end()
})

function start() {
  running.push(runProjector({ signal: stop.signal }))
}

async function statuses(): Promise<Record<string, number>> {
  const { rows } = await observer.query<{ status: string; count: number }>(
    'SELECT status, count(*)::int AS count FROM webhook_event GROUP BY status',
  )
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}

const messages = (count: number, prefix = 'message') =>
  Array.from({ length: count }, (_, i) => ({
    eventType: i % 10 === 9 ? 'message_deleted' : 'message_created',
    body: messageBody({
      uuid: `${prefix}_${i % 10 === 9 ? i - 1 : i}`,
      room_uuid: `room_${i % 5}`,
      created_at: i,
      updated_at: i,
      attachments: i % 3 === 0 ? [attachment('a')] : [],
    }),
  }))

test('what is pending is projected, also when it arrives while the projector runs', async () => {
  await insertEvents(messages(3, 'early'))
  start()
  await vi.waitFor(async () => expect(await statuses()).toEqual({ applied: 3 }), PATIENCE)
  await insertEvents(messages(3, 'late'))
  await vi.waitFor(async () => expect(await statuses()).toEqual({ applied: 6 }), PATIENCE)
})

test('two projectors on one backlog apply each event exactly once', async () => {
  await insertEvents(messages(5_000))
  start()
  start()
  await vi.waitFor(async () => expect(await statuses()).toEqual({ applied: 5_000 }), PATIENCE)

  expect(await db().webhookEvent.count({ where: { attempts: 1 } })).toBe(5_000)
  expect(await db().eventAttempt.count()).toBe(0)
  expect(await db().message.count()).toBe(4_500)
  expect(await roomsThatMiscount()).toEqual([])
})

test('one projector works off a backlog of many partnerships, two batches at once, each event once', async () => {
  await insertEvents(
    Array.from({ length: 5_000 }, (_, i) => ({
      eventType: 'message_created',
      body: messageBody({
        uuid: `message_${i}`,
        room_uuid: `room_${i % 70}`,
        partnership_uuid: `partnership_${i % 70}`,
      }),
    })),
  )
  start()
  await vi.waitFor(async () => expect(await statuses()).toEqual({ applied: 5_000 }), PATIENCE)
  expect(await db().webhookEvent.count({ where: { attempts: 1 } })).toBe(5_000)
  expect(await db().message.count()).toBe(5_000)
  expect(await roomsThatMiscount()).toEqual([])
})

test('it stops when it is told to, also before it has begun', async () => {
  stop.abort()
  start()
  await Promise.all(running)
  expect(await statuses()).toEqual({})
})

test('it outlives every connection being cut and the database refusing new ones', async () => {
  start()
  await insertEvents(messages(3, 'before'))
  await vi.waitFor(async () => expect(await statuses()).toEqual({ applied: 3 }), PATIENCE)

  const { rows } = await observer.query<{ name: string }>('SELECT current_database() AS name')
  const name = rows[0]?.name ?? ''
  const admin = await connectElsewhere()
  try {
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await cutConnections()
    await expect(projectBatch()).rejects.toThrow()
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
  } finally {
    await admin.end()
  }
  await insertEvents(messages(3, 'after'))
  await vi.waitFor(async () => expect(await statuses()).toEqual({ applied: 6 }), PATIENCE)
})

test('an event that meets an error that nobody foresaw fails after a few tries, and the others go on', async () => {
  await observer.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'nobody foresaw this'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON message FOR EACH ROW
      WHEN (new.uuid = 'early_1') EXECUTE FUNCTION refuse()`)
  try {
    await insertEvents(messages(5, 'early'))
    start()
    await vi.waitFor(
      async () => expect(await statuses()).toEqual({ applied: 4, failed: 1 }),
      PATIENCE,
    )
    expect(await db().webhookEvent.findMany({ where: { status: 'failed' } })).toMatchObject([
      { errorCode: 'projection_error', errorMessage: 'nobody foresaw this' },
    ])
    await insertEvents(messages(5, 'late'))
    await vi.waitFor(
      async () => expect(await statuses()).toEqual({ applied: 9, failed: 1 }),
      PATIENCE,
    )
  } finally {
    await observer.query('DROP TRIGGER refuse ON message; DROP FUNCTION refuse')
  }
})

test('an error that all events would meet makes none of them fail', async () => {
  await insertEvents(messages(3))
  await observer.query('ALTER TABLE author RENAME TO gone')
  for (let n = 0; n < 3; n++) await expect(projectBatch(1, 0n, true)).rejects.toThrow('author')
  await observer.query('ALTER TABLE gone RENAME TO author')
  expect(await statuses()).toEqual({ pending: 3 })
})

describe('a crash in the middle of a batch', () => {
  test('leaves nothing half done, and the next batch does all of it', async () => {
    await insertEvents([
      ...messages(20),
      {
        eventType: 'partner_created',
        body: partnershipBody({}, [{ id: 's', selected: [{ id: 'x', value: 'y' }] }]),
      },
    ])
    const empty = await dumpReadModel()

    // The table that is written last is out of reach: all the others have been written by then.
    await observer.query('BEGIN; LOCK TABLE integration_setting IN EXCLUSIVE MODE')
    const crashed = expect(projectBatch()).rejects.toThrow()
    await vi.waitFor(async () => expect(await waitingBackends()).toBe(1), PATIENCE)
    await cutConnections()
    await crashed
    await observer.query('ROLLBACK')
    // The pool may not have noticed yet that its connections are gone.
    await disconnectDb()

    expect(await statuses()).toEqual({ pending: 21 })
    expect(await dumpReadModel()).toEqual(empty)
    expect(await projectBatch()).toMatchObject({ claimed: 21, applied: 21 })
    expect(await roomsThatMiscount()).toEqual([])
  })
})

test('batches that lock the same rooms in opposite orders wait for each other and both succeed', async () => {
  const inRooms = (prefix: string, rooms: number[]) =>
    rooms.map((room) => ({
      eventType: 'message_created',
      body: messageBody({ uuid: `${prefix}_${room}`, room_uuid: `room_${room}` }),
    }))
  const forth = Array.from({ length: 200 }, (_, i) => i)
  await insertEvents([...inRooms('a', forth), ...inRooms('b', forth.toReversed())])
  await Promise.all([projectBatch(200), projectBatch(200)])
  expect(await statuses()).toEqual({ applied: 400 })
  expect(await roomsThatMiscount()).toEqual([])
})

test('the listener is called when the log says that something is pending, also after its connection broke', async () => {
  const heard = vi.fn()
  running.push(listenForPending(stop.signal, heard))
  // Once at the start: something may have come before it listened.
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), PATIENCE)
  await observer.query(`SELECT pg_notify('waggle_pending', '')`)
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), PATIENCE)

  await cutConnections()
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3), PATIENCE)
  await observer.query(`SELECT pg_notify('waggle_pending', '')`)
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(4), PATIENCE)
})

async function connectElsewhere(): Promise<pg.Client> {
  const url = new URL(env().DATABASE_URL)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  return client
}

async function cutConnections(): Promise<void> {
  await observer.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'waggle%'`,
  )
}

async function waitingBackends(): Promise<number> {
  const { rows } = await observer.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  return rows[0]?.count ?? 0
}
