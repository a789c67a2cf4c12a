import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { actingAs } from '@/lib/auth/current-user'
import { db, type Transaction } from '@/lib/db'
import { joinProjections } from '@/lib/projector/projection-lock'
import { drainPending } from '@/lib/projector/drain-pending'
import { listContacts } from '@/lib/queries/list-contacts'
import { createShadow } from '@/lib/read-model/shadow-tables'
import {
  keepVacuumOut,
  swapShadow,
  TablesChangedError,
  TablesInUseError,
} from '@/lib/read-model/swap-shadow'
import { TablesNotReplaceableError } from '@/lib/read-model/assert-replaceable'
import { FillTakenOverError, fillShadow } from '@/lib/replay/fill-shadow'
import { atOneMoment, NoMomentError } from '@/lib/replay/parity/at-one-moment'
import { REBUILD_SHADOW } from '@/lib/replay/rebuild/rebuild-read-model'
import { dropShadowFill, openShadowFill } from '@/lib/replay/shadow-fill'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { workOnUpkeep } from '@/lib/replay/upkeep/work-on-upkeep'
import { insertEvents } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'
import { rebuild } from '../../support/rebuild'

// They wait for locks and for statements to run out of time, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const READER = { id: '00000000-0000-7000-8000-000000000001', email: 'reader@waggle.test' }
const SHADOW = 'test_of_swap_shadow'
const ROOMS = 40

beforeEach(emptyEverything)

test('whoever reads during a swap sees the old rows or the new ones, all of one kind, and no error', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  let isOver = false
  const seen: { rooms: number; messages: number; contacts: number; total: number }[] = []
  const read = async () => {
    while (!isOver) seen.push(await readPage())
  }
  // Rows that are not as the log says: the new tables are told from the old ones.
  await db().$executeRaw`DELETE FROM message`
  await db().$executeRaw`DELETE FROM room`
  await db().$executeRaw`DELETE FROM contact`
  await db().$executeRaw`UPDATE partnership_total SET message_count = 0`
  const readers = [read(), read(), read()]
  await rebuild()
  const after = seen.length
  await expect.poll(() => seen.length, { timeout: 20_000 }).toBeGreaterThan(after + readers.length)
  isOver = true
  await Promise.all(readers)
  const kinds = new Set(seen.map((page) => JSON.stringify(page)))
  expect([...kinds]).toEqual([
    JSON.stringify({ rooms: 0, messages: 0, contacts: 0, total: 0 }),
    JSON.stringify({ rooms: ROOMS, messages: ROOMS, contacts: 1, total: ROOMS }),
  ])
})

test('a statement that connections keep reads the new tables after a swap', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  await db().$executeRaw`UPDATE contact SET email = 'of-the-old@tables.example'`
  const emails = async () => {
    const { page } = await actingAs(READER, () => listContacts({ filters: [] }, {}))
    return page.rows.map(({ email }) => email)
  }
  // Postgres makes a plan for all values from the sixth time on, which outlives the tables.
  for (let n = 0; n < 8; n += 1) expect(await emails()).toEqual(['of-the-old@tables.example'])
  await rebuild()
  for (let n = 0; n < 8; n += 1) {
    expect(await emails()).toEqual([expect.not.stringContaining('of-the-old')])
  }
})

test('while somebody reads the live tables they are not swapped, and nobody waits for ever', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  const live = await dumpReadModel()
  await expect(
    db().$transaction(async (reader) => {
      await reader.room.count()
      await swapEmptyTables()
    }),
  ).rejects.toThrow(TablesInUseError)
  expect(await dumpReadModel()).toEqual(live)
})

test('tables that were migrated while the others were filled are not replaced by these', async () => {
  await expect(
    swapEmptyTables((tx) => tx.$executeRaw`ALTER TABLE public.room ADD COLUMN extra text`),
  ).rejects.toThrow(TablesChangedError)
})

test.each([
  ['a column', 'ALTER TABLE room ADD COLUMN extra text', 'ALTER TABLE room DROP COLUMN extra'],
  [
    'a unique index',
    'CREATE UNIQUE INDEX extra ON room (company_uuid, uuid, sort_at)',
    'DROP INDEX extra',
  ],
])('a rebuild that %s of a migration has interrupted begins anew', async (_, migrate, undo) => {
  await insertEvents(HISTORY)
  const runId = randomUUID()
  const cut = async () => {
    throw new Error('cut short')
  }
  await expect(rebuild({ runId, onBatch: cut })).rejects.toThrow('cut short')
  let begun = 0
  const onBegin = async () => void begun++
  await expect(rebuild({ runId, onBegin, onBatch: cut })).rejects.toThrow('cut short')
  expect(begun).toBe(0)
  await db().$executeRawUnsafe(migrate)
  try {
    await rebuild({ runId, onBegin })
  } finally {
    await db().$executeRawUnsafe(undo)
  }
  expect(begun).toBe(1)
  expect(await db().room.count()).toBe(ROOMS)
})

test('a rebuild that finds its tables out of date when it comes to the swap begins anew', async () => {
  await insertEvents(HISTORY)
  await db().$executeRaw`TRUNCATE replay_run`
  const id = await createUpkeep('rebuild', 'ann@waggle.test')
  const run = () => db().replayRun.findUniqueOrThrow({ where: { id } })
  const working = await db().$transaction(async (reader) => {
    await reader.author.count()
    const working = workOnUpkeep(new AbortController().signal)
    working.catch(() => undefined)
    await expect
      .poll(async () => (await run()).report, { timeout: 20_000 })
      .toEqual({ stage: 'waiting' })
    await db().$executeRaw`ALTER TABLE room ADD COLUMN extra text`
    return { working }
  })
  try {
    await expect(working.working).rejects.toThrow(TablesChangedError)
    expect(await run()).toMatchObject({ status: 'running', done: BigInt(HISTORY.length) })
    await workOnUpkeep(new AbortController().signal)
  } finally {
    await db().$executeRaw`ALTER TABLE room DROP COLUMN extra`
  }
  expect(await run()).toMatchObject({ status: 'finished', done: BigInt(HISTORY.length) })
  expect(await db().room.count()).toBe(ROOMS)
})

test('an index for lists that a migration has made meanwhile is made on the new tables too', async () => {
  await insertEvents(HISTORY)
  const runId = randomUUID()
  const cut = async () => {
    throw new Error('cut short')
  }
  await expect(rebuild({ runId, onBatch: cut })).rejects.toThrow('cut short')
  await db().$executeRaw`CREATE INDEX extra ON room (uuid, sort_at)`
  let begun = 0
  await rebuild({ runId, onBegin: async () => void begun++ })
  expect(begun).toBe(0)
  await db().$executeRaw`DROP INDEX extra`
})

test.each([
  [
    'row-level security',
    'ALTER TABLE room ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE room DISABLE ROW LEVEL SECURITY',
    'row-level security of room',
  ],
  [
    'a policy',
    'CREATE POLICY mine ON room USING (true)',
    'DROP POLICY mine ON room',
    'policy mine of room',
  ],
  [
    'a publication',
    'CREATE PUBLICATION mine FOR TABLE message',
    'DROP PUBLICATION mine',
    'publication mine',
  ],
  [
    'a trigger',
    `CREATE TRIGGER mine BEFORE UPDATE ON contact FOR EACH ROW
       EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    'DROP TRIGGER mine ON contact',
    'trigger mine of contact',
  ],
  ['a view', 'CREATE VIEW mine AS SELECT * FROM author', 'DROP VIEW mine', 'view mine'],
])(
  'a rebuild that would lose %s on the tables is refused before it begins',
  async (_, make, undo, thing) => {
    await db().$executeRawUnsafe(make)
    let begun = 0
    try {
      const refused = rebuild({ onBegin: async () => void begun++ })
      await expect(refused).rejects.toThrow(TablesNotReplaceableError)
      await expect(refused).rejects.toThrow(`these would be lost: ${thing}. Remove them`)
    } finally {
      await db().$executeRawUnsafe(undo)
    }
    expect(begun).toBe(0)
  },
)

test('rights on columns that somebody was given stay', async () => {
  const role = `reader_${randomUUID().slice(0, 8)}`
  await db().$executeRawUnsafe(`CREATE ROLE ${role}`)
  try {
    await db().$executeRawUnsafe(`GRANT SELECT (uuid, sort_at), UPDATE (uuid) ON room TO ${role}`)
    await rebuild()
    expect(
      await db().$queryRaw`
        SELECT has_column_privilege(${role}, 'room', 'sort_at', 'SELECT') AS read,
               has_column_privilege(${role}, 'room', 'uuid', 'UPDATE') AS write,
               has_column_privilege(${role}, 'room', 'message_count', 'SELECT') AS other`,
    ).toEqual([{ read: true, write: true, other: false }])
  } finally {
    await db().$executeRawUnsafe(`DROP OWNED BY ${role}`)
    await db().$executeRawUnsafe(`DROP ROLE ${role}`)
  }
})

test('of two who fill one shadow the one that comes second stops', async () => {
  const [first] = await insertEvents(HISTORY)
  const upTo = first!.seq + BigInt(HISTORY.length) - 1n
  const runId = randomUUID()
  const open = () => openShadowFill(REBUILD_SHADOW, runId, async () => undefined)
  const [one, other] = [await open(), await open()]
  let counted = 0
  const options = {
    signal: new AbortController().signal,
    onBegin: async () => undefined,
    onBatch: async (_: Transaction, { events }: { events: number }) => void (counted += events),
  }
  await fillShadow(one, upTo, options)
  await expect(fillShadow(other, upTo, options)).rejects.toThrow(FillTakenOverError)
  expect(counted).toBe(HISTORY.length)
  await dropShadowFill(REBUILD_SHADOW)
})

test('no moment is taken while somebody goes on projecting in one transaction', async () => {
  const compare = async () => expect.unreachable('somebody was projecting')
  await db().$transaction(async (projecting) => {
    await joinProjections(projecting)
    await expect(atOneMoment(compare)).rejects.toThrow(NoMomentError)
  })
  expect(await atOneMoment(async (tx) => tx.room.count())).toBe(0)
})

const HISTORY = [
  { eventType: 'partner_created', body: partnershipBody() },
  { eventType: 'partner_contact_created', body: contactBody() },
  ...Array.from({ length: ROOMS }, (_, index) => ({
    eventType: 'message_created',
    body: messageBody({ uuid: `message_${index}`, room_uuid: `room_${index}` }),
  })),
]

async function readPage() {
  const [row] = await db().$queryRaw<
    { rooms: number; messages: number; contacts: number; total: number }[]
  >`
    SELECT (SELECT count(*) FROM room)::int AS rooms, (SELECT count(*) FROM message)::int AS messages,
           (SELECT count(*) FROM contact)::int AS contacts,
           (SELECT sum(message_count) FROM partnership_total)::int AS total`
  return row!
}

/** Tries to put empty tables in the place of the live ones. */
async function swapEmptyTables(
  meanwhile: (tx: Transaction) => Promise<unknown> = async () => undefined,
) {
  await db().$transaction(async (tx) => {
    await createShadow(tx, SHADOW, 'all')
    await meanwhile(tx)
    await keepVacuumOut(tx)
    await swapShadow(tx, SHADOW)
  })
}
