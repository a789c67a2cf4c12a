import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { db, Prisma } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { drainPending } from '@/lib/projector/drain-pending'
import { READ_MODEL_TABLES } from '@/lib/read-model/read-model-tables'
import { createRun, runForetold } from '@/lib/replay/create-run'
import { RunStatusError } from '@/lib/replay/replay-run'
import { workOnRun } from '@/lib/replay/run-replays'
import { createUpkeep } from '@/lib/replay/upkeep/create-upkeep'
import { CheckNotFoundError, repairDifferences } from '@/lib/replay/upkeep/repair-differences'
import { workOnUpkeep } from '@/lib/replay/upkeep/work-on-upkeep'
import { workOnDryRun } from '@/lib/replay/work-on-dry-run'
import { arbitraryHistory } from '../../support/arbitrary-history'
import { insertEvents, type TestEvent } from '../../support/insert-events'
import { dumpReadModel, emptyEverything } from '../../support/read-model'
import { attachment, contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

const ANN = 'ann@waggle.test'
const RUNS = 25
const TIMEOUT_MS = 300_000

const never = new AbortController().signal
const run = (id: string) => db().replayRun.findUniqueOrThrow({ where: { id } })

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change, parity_event`
})

test.each([
  ['a value that is another', `UPDATE contact SET first_name = 'by a fault' WHERE uuid = 'a'`, 1],
  ['a row that is gone', `DELETE FROM message WHERE uuid = 'message_2'`, 1],
  ['counters that are wrong', `UPDATE room SET message_count = message_count + 7`, 2],
  ['totals that are gone', `DELETE FROM partnership_total`, 2],
  ['an attachment that is gone', `DELETE FROM attachment`, 1],
  ['a field that two events list and that is gone', `DELETE FROM custom_field`, 1],
  ['values of fields that are gone', `DELETE FROM custom_field_value`, 2],
  ['contacts that their events name beside others', `DELETE FROM contact`, 2],
  ['rooms and partnerships that are gone', `DELETE FROM room; DELETE FROM partnership`, 3],
  ['a first moment that is too late', `UPDATE contact SET first_event_at = now()`, 2],
  [
    'a first moment of a field that is too late',
    `UPDATE custom_field SET first_event_at = now()`,
    1,
  ],
])(
  'a check finds %s, and its repair puts it right as its dry run foretells',
  async (_, fault, count) => {
    await insertEvents(HISTORY)
    await drainPending()
    const right = await dumpReadModel()
    for (const statement of fault.split(';')) await db().$executeRaw(Prisma.raw(statement))

    const checked = await check()
    expect((await run(checked)).report).toMatchObject({ differences: count, listed: count })
    expect(await db().replayChange.count({ where: { runId: checked } })).toBe(count)

    const wrong = await dumpReadModel()
    const dryRun = await repairDifferences(checked, 'dry_run', ANN)
    await workOnDryRun(never)
    expect(await dumpReadModel()).toEqual(wrong)
    const foretold = await db().replayChange.findMany({ where: { runId: dryRun } })
    expect(foretold.map(({ tableName, key }) => [tableName, key])).toEqual(
      expect.arrayContaining(
        (await db().replayChange.findMany({ where: { runId: checked } })).map(
          ({ tableName, key }) => [tableName, key],
        ),
      ),
    )

    const id = await runForetold(dryRun, ANN)
    await workOnRun(id, never)
    const events = await db().parityEvent.count({ where: { runId: checked } })
    expect(await run(id)).toMatchObject({
      ...{ kind: 'replay', status: 'finished', actor: ANN, repairOfId: checked },
      ...{ total: BigInt(events), done: BigInt(events), failed: 0n },
    })
    expect(await db().eventAttempt.count({ where: { runId: id } })).toBe(events)
    expect(await dumpReadModel()).toEqual(right)
    expect((await run(await check())).report).toMatchObject({ differences: 0, repairs: 0 })
  },
)

test(
  'of any history, the repair of rows that are gone or known since too late is whole',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory(), fc.subarray(FAULTS), async (history, faults) => {
        await emptyEverything()
        await insertEvents(history)
        await drainPending()
        const right = await dumpReadModel()
        for (const fault of faults) await db().$executeRaw(Prisma.raw(fault))
        await repair(await check())
        expect(await dumpReadModel()).toEqual(right)
      }),
      { numRuns: RUNS },
    )
  },
  TIMEOUT_MS,
)

test('a partnership is known since its first event, however much was said in its rooms before', async () => {
  await insertEvents(
    Array.from({ length: 1_001 }, (_, index) => ({
      eventType: 'message_created',
      body: messageBody({ uuid: `message_${index}` }),
    })),
  )
  await insertEvents(HISTORY)
  await drainPending()
  const right = await dumpReadModel()
  await db().$executeRaw`DELETE FROM partnership`
  const checked = await check()
  await repair(checked)
  expect(await dumpReadModel()).toEqual(right)
  // The two events of the partnership, and one of those that tell of its room.
  expect(await db().parityEvent.count({ where: { runId: checked } })).toBeLessThanOrEqual(4)
})

test('a repair is of all rows that differ, not only of those that are listed', async () => {
  await insertEvents(
    Array.from({ length: 600 }, (_, index) => ({
      eventType: 'message_created',
      body: messageBody({ uuid: `message_${index}` }),
    })),
  )
  await drainPending()
  const right = await dumpReadModel()
  await db().$executeRaw`UPDATE message SET content = 'by a fault'`
  const checked = await check()
  expect((await run(checked)).report).toMatchObject({
    ...{ differences: 600, listed: 500, repairs: 600, isCut: false },
  })
  await repair(checked)
  expect(await dumpReadModel()).toEqual(right)
})

test('there is nothing to repair where no event wrote what differs, nor of a check that is none', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  await db().$executeRaw`
    INSERT INTO author (company_uuid, uuid, occurred_at, event_seq, projector_version)
    VALUES ('company_1', 'nobody', now(), 1, 1)`
  const checked = await check()
  expect((await run(checked)).report).toMatchObject({ differences: 1, repairs: 0 })
  await expect(repairDifferences(checked, 'replay', ANN)).rejects.toThrow(RunStatusError)
  for (const id of ['none', randomUUID(), await createUpkeep('parity', ANN)]) {
    await expect(repairDifferences(id, 'replay', ANN)).rejects.toThrow(CheckNotFoundError)
  }
})

test.each([
  [
    'a version that is too late',
    `UPDATE contact SET occurred_at = '2030-01-01' WHERE uuid = 'a'`,
    1,
  ],
  [
    'a version of the projections that is too late',
    `UPDATE contact SET first_name = 'by a fault', projector_version = 999 WHERE uuid = 'a'`,
    1,
  ],
  [
    'values whose owner has a version that is too late',
    `UPDATE contact SET occurred_at = '2030-01-01' WHERE uuid = 'a';
     DELETE FROM custom_field_value WHERE owner_uuid = 'a'`,
    2,
  ],
  ['a first moment that is too early', `UPDATE contact SET first_event_at = 'epoch'`, 2],
  [
    'a deletion that nobody has received',
    `UPDATE message SET deleted_at = now(), deleted_event_seq = 1 WHERE uuid = 'message_2'`,
    1,
  ],
  [
    'a deletion that nobody has received and that took the files along',
    `UPDATE message SET deleted_at = now(), deleted_event_seq = 1, attachment_count = 0
       WHERE uuid = 'message_2';
     DELETE FROM attachment`,
    2,
  ],
  ['a room of a version that is too late', `UPDATE room SET event_seq = event_seq + 1000000`, 2],
])('of %s, which no replay puts right, no repair is offered', async (_, fault, count) => {
  await insertEvents(HISTORY)
  await drainPending()
  for (const statement of fault.split(';')) await db().$executeRaw(Prisma.raw(statement))
  const checked = await check()
  expect((await run(checked)).report).toMatchObject({ differences: count, repairs: 0 })
  await expect(repairDifferences(checked, 'replay', ANN)).rejects.toThrow(RunStatusError)
  // None would be of use: with every event replayed at least as much differs.
  await workOnRun(await createRun('replay', EVERY_EVENT, ANN), never)
  const { report } = await run(await check())
  expect((report as { differences: number }).differences).toBeGreaterThanOrEqual(count)
})

test('of a row that only partly stands against a replay, the rest is put right', async () => {
  await insertEvents(HISTORY)
  await drainPending()
  await db().$executeRaw`
    UPDATE room SET message_count = 7, event_seq = event_seq + 1000000 WHERE uuid = 'room_2'`
  await db().$executeRaw`
    UPDATE contact SET first_name = 'by a fault', first_event_at = 'epoch' WHERE uuid = 'a'`
  const checked = await check()
  expect((await run(checked)).report).toMatchObject({ repairs: 2 })
  await repair(checked)
  expect(await db().room.findFirst({ where: { uuid: 'room_2' } })).toMatchObject({
    messageCount: 1,
  })
  expect(await db().contact.findFirst({ where: { uuid: 'a' } })).toMatchObject({ firstName: 'Ann' })
})

async function check(): Promise<string> {
  const id = await createUpkeep('parity', ANN)
  await workOnUpkeep(never)
  return id
}

async function repair(checked: string): Promise<void> {
  const found = await db().parityEvent.count({ where: { runId: checked } })
  if (found > 0) await workOnRun(await repairDifferences(checked, 'replay', ANN), never)
}

const FAULTS = [
  ...READ_MODEL_TABLES.map((table) => `DELETE FROM ${table}`),
  ...['partnership', 'custom_field', 'contact', 'room', 'message'].map(
    (table) => `UPDATE ${table} SET first_event_at = '2030-01-01T00:00:00Z'`,
  ),
]

const FIELD = { uuid: 'field_1', label: 'Size', type: 'number', value: { number: 3 } }
const at = (day: number) => new Date(Date.UTC(2026, 0, day))

const HISTORY: TestEvent[] = [
  {
    eventType: 'partner_created',
    tokenIat: at(1),
    body: partnershipBody({ custom_fields: [FIELD] }),
  },
  { eventType: 'partner_updated', tokenIat: at(5), body: partnershipBody({ company_name: 'New' }) },
  {
    eventType: 'partner_contact_created',
    tokenIat: at(2),
    body: {
      partnership: { uuid: 'partnership_1', contacts: [{ uuid: 'a' }, { uuid: 'b' }] },
    },
  },
  {
    eventType: 'partner_contact_updated',
    tokenIat: at(3),
    body: contactBody({ uuid: 'a', first_name: 'Ann', custom_fields: [FIELD] }),
  },
  {
    eventType: 'partner_contact_updated',
    tokenIat: at(4),
    body: contactBody({ uuid: 'b', first_name: 'Bea', custom_fields: [FIELD] }),
  },
  {
    eventType: 'message_created',
    body: messageBody({ attachments: [attachment('attachment_1')] }),
  },
  {
    eventType: 'message_updated',
    body: messageBody({ content: 'edited', updated_at: 9_000, attachments: [] }),
  },
  {
    eventType: 'message_created',
    body: messageBody({
      uuid: 'message_2',
      room_uuid: 'room_2',
      partnership_uuid: 'partnership_2',
      attachments: [attachment('attachment_2')],
    }),
  },
]
