import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db, Prisma } from '@/lib/db'
import { joinProjections } from '@/lib/projector/projection-lock'
import { drainPending } from '@/lib/projector/drain-pending'
import { describeTables } from '@/lib/read-model/describe-tables'
import { isReadForLong } from '@/lib/read-model/is-read-for-long'
import { REBUILD_SHADOW } from '@/lib/replay/rebuild/rebuild-read-model'
import { arbitraryHistory } from '../../support/arbitrary-history'
import { insertEvents } from '../../support/insert-events'
import {
  attachmentsWithoutTask,
  dumpReadModel,
  emptyEverything,
  emptyReadModel,
  partnershipsThatMiscount,
  roomsThatMiscount,
} from '../../support/read-model'
import { attachment, contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'
import { parity, rebuild } from '../../support/rebuild'

const RUNS = 4
const TIMEOUT_MS = 300_000

beforeEach(emptyEverything)

test(
  'a rebuild of any history is what the projector made of it, and equals the log',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory(), async (history) => {
        await emptyEverything()
        await insertEvents(history)
        await drainPending()
        const projected = await dumpReadModel()
        expect(await parity()).toMatchObject({ differences: 0, listed: [] })

        await emptyReadModel()
        await rebuild()
        expect(await dumpReadModel()).toEqual(projected)
        expect(await roomsThatMiscount()).toEqual([])
        expect(await partnershipsThatMiscount()).toEqual([])
        expect(await attachmentsWithoutTask()).toEqual([])
        expect(await parity()).toMatchObject({ differences: 0, listed: [] })
      }),
      { numRuns: RUNS },
    )
  },
  TIMEOUT_MS,
)

test('after a rebuild the tables are as a new database has them, and nothing is left behind', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  const before = await describeTables(db(), 'public')
  await rebuild()
  expect(await describeTables(db(), 'public')).toEqual(before)
  expect(before.length).toBeGreaterThan(100)
  expect(await schemas()).toEqual([])
})

test('an event that comes out otherwise than before is told so, by the rebuild', async () => {
  const [fits] = await insertEvents([
    { eventType: 'partner_created', body: partnershipBody(), status: 'invalid' },
    { eventType: 'partner_created', body: '{"partnership": 1}', status: 'applied' },
    { eventType: 'unheard_of', body: {}, status: 'unsupported' },
  ])
  await rebuild()
  const events = await db().webhookEvent.findMany({ orderBy: { seq: 'asc' } })
  expect(events.map(({ status, attempts }) => [status, attempts])).toEqual([
    ['applied', 1],
    ['invalid', 1],
    ['unsupported', 0],
  ])
  const attempts = await db().eventAttempt.findMany({ orderBy: { eventSeq: 'asc' } })
  expect(attempts.map(({ trigger, outcome, actor }) => [trigger, outcome, actor])).toEqual([
    ['rebuild', 'applied', 'ann@waggle.test'],
    ['rebuild', 'invalid', 'ann@waggle.test'],
  ])
  expect(attempts[0]?.eventSeq).toBe(fits?.seq)
})

test('what came of the events is noted after the swap, once, and the same run goes on with it', async () => {
  await insertEvents([
    ...HISTORY.map((event) => ({ ...event, status: 'unsupported' as const })),
    { eventType: 'partner_created', body: '{"partnership": 1}', status: 'applied' },
  ])
  const runId = randomUUID()
  const stop = new AbortController()
  let noted = -1
  await expect(
    rebuild({
      runId,
      signal: stop.signal,
      onSwapped: async (tx) => {
        noted = await tx.eventAttempt.count()
        stop.abort(new Error('stopped'))
      },
    }),
  ).rejects.toThrow('stopped')
  expect(noted).toBe(0)
  expect(await db().message.count()).toBe(2)
  expect(await db().eventAttempt.count()).toBe(0)
  expect(await attachmentsWithoutTask()).toHaveLength(1)

  const never = async () => expect.unreachable('the tables are in place')
  let upTo = 0n
  await rebuild({
    runId,
    onBegin: never,
    onBatch: never,
    onSwapped: never,
    onNoted: async (end) => void (upTo = end),
  })
  const events = await db().webhookEvent.findMany({ orderBy: { seq: 'asc' } })
  expect(events.map(({ status }) => status)).toEqual([...HISTORY.map(() => 'applied'), 'invalid'])
  expect(upTo).toBe(events.at(-1)?.seq)
  const attempts = await db().eventAttempt.findMany({ orderBy: { eventSeq: 'asc' } })
  expect(attempts.map(({ eventSeq }) => eventSeq)).toEqual(events.map(({ seq }) => seq))
  expect(await attachmentsWithoutTask()).toEqual([])
  expect(await schemas()).toEqual([])
})

test('a rebuild waits for a long query without stopping anybody, and says so', async () => {
  await insertEvents(HISTORY.slice(0, 2))
  await drainPending()
  await emptyReadModel()
  const reader = await readForLong()
  const stages: string[] = []
  let isStopped = false
  const rebuilding = rebuild({ onStage: async (stage) => void stages.push(stage) })
  try {
    const look = async () => {
      isStopped ||= await isProjectionStopped()
      return stages
    }
    await expect.poll(look, { timeout: 20_000 }).toContain('waiting')
    expect(isStopped).toBe(false)
    await insertEvents(HISTORY.slice(2))
    await drainPending()
    expect(await db().message.count()).toBe(2)
    expect(await db().contact.count()).toBe(0)
  } finally {
    await reader.end()
  }
  await rebuilding
  expect(await db().contact.count()).toBe(1)
  expect(await db().message.count()).toBe(2)
  expect(stages.slice(-2)).toEqual(['waiting', 'noting'])
  expect(await parity()).toMatchObject({ differences: 0 })
})

test('a long reader of the live tables is told from a short one, and from one of other tables', async () => {
  expect(await isReadForLong()).toBe(false)
  const reader = await readForLong()
  expect(await isReadForLong()).toBe(true)
  await reader.end()
  expect(await isReadForLong()).toBe(false)
  const other = await readForLong('webhook_event')
  expect(await isReadForLong()).toBe(false)
  await other.end()
})

test('what people and the archive keep beside the read model stays', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  await db().attachmentFile.updateMany({ data: { state: 'archived', fileSize: 7n } })
  await db().messageReveal.create({
    data: {
      id: randomUUID(),
      companyUuid: 'company_1',
      messageUuid: 'message_1',
      roomUuid: 'room_1',
      userId: randomUUID(),
      userEmail: 'ann@waggle.test',
    },
  })
  const files = await db().attachmentFile.findMany()
  expect(files.length).toBeGreaterThan(0)
  await rebuild()
  expect(await db().attachmentFile.findMany()).toEqual(files)
  expect(await db().messageReveal.count()).toBe(1)
})

// Cut short among many batches: see fill-order.test.ts.
test('a rebuild that is cut short leaves the live tables alone, and the same one goes on', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  await db().$executeRaw`UPDATE contact SET first_name = 'by a fault'`
  const live = await dumpReadModel()
  const runId = randomUUID()
  const cut = new Error('cut short')
  await expect(
    rebuild({
      runId,
      onBatch: async () => {
        throw cut
      },
    }),
  ).rejects.toBe(cut)
  expect(await dumpReadModel()).toEqual(live)
  expect(await schemas()).toEqual([REBUILD_SHADOW])

  let counted = 0
  await rebuild({
    runId,
    onBatch: async (_, { events }) => {
      counted += events
    },
  })
  expect(counted).toBe(HISTORY.length)
  expect(await db().contact.count({ where: { firstName: 'by a fault' } })).toBe(0)
  expect(await schemas()).toEqual([])
})

test('a rebuild that an earlier Waggle began, and noted otherwise, is begun anew', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  const live = await dumpReadModel()
  const runId = randomUUID()
  const cut = new Error('cut short')
  const onBatch = async () => {
    throw cut
  }
  await expect(rebuild({ runId, onBatch })).rejects.toBe(cut)
  await db().$executeRaw(
    Prisma.raw(
      `ALTER TABLE ${REBUILD_SHADOW}.fill_cursor DROP COLUMN place, DROP COLUMN ordered_to`,
    ),
  )
  let begun = 0
  await rebuild({ runId, onBegin: async () => void begun++ })
  expect(begun).toBe(1)
  expect(await dumpReadModel()).toEqual(live)
})

test('rights on the tables that somebody was given stay', async () => {
  const role = `reader_${randomUUID().slice(0, 8)}`
  await db().$executeRawUnsafe(`CREATE ROLE ${role}`)
  try {
    await db().$executeRawUnsafe(`GRANT SELECT ON room, message TO ${role}`)
    await rebuild()
    expect(
      await db().$queryRaw`
        SELECT has_table_privilege(${role}, 'room', 'SELECT') AS room,
               has_table_privilege(${role}, 'message', 'SELECT') AS message,
               has_table_privilege(${role}, 'contact', 'SELECT') AS contact`,
    ).toEqual([{ room: true, message: true, contact: false }])
  } finally {
    await db().$executeRawUnsafe(`DROP OWNED BY ${role}`)
    await db().$executeRawUnsafe(`DROP ROLE ${role}`)
  }
})

const HISTORY = [
  { eventType: 'partner_created', body: partnershipBody() },
  { eventType: 'partner_contact_created', body: contactBody() },
  {
    eventType: 'message_created',
    body: messageBody({ attachments: [attachment('attachment_1')] }),
  },
  { eventType: 'message_created', body: messageBody({ uuid: 'message_2', room_uuid: 'room_2' }) },
]

/** Somebody who reads a table in a transaction that stays open. */
async function readForLong(table = 'room') {
  let end = () => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  let begun = () => {}
  const reading = new Promise<void>((resolve) => (begun = resolve))
  const transaction = db().$transaction(async (tx) => {
    await tx.$queryRawUnsafe(`SELECT FROM ${table}`)
    // As a replay that takes long does: whoever wants to stop it is seen to wait.
    await joinProjections(tx)
    begun()
    await ended
  })
  await reading
  return {
    end: async () => {
      end()
      await transaction
    },
  }
}

async function isProjectionStopped(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks
    WHERE locktype = 'advisory' AND mode = 'ExclusiveLock' AND objid = 72707370
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return (row?.count ?? 0) > 0
}

async function schemas(): Promise<string[]> {
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE '%_shadow'`
  return rows.map(({ name }) => name)
}
