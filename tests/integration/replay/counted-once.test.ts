import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { EVERY_EVENT } from '@/lib/event-filter/event-filter'
import { drainPending } from '@/lib/projector/drain-pending'
import { controlRun } from '@/lib/replay/control-run'
import { createRun, lastSeq } from '@/lib/replay/create-run'
import { dryRun } from '@/lib/replay/dry-run'
import type { RowChange } from '@/lib/replay/dry-run-report'
import { replayNextBatch } from '@/lib/replay/replay-next-batch'
import { runReplays, workOnRun } from '@/lib/replay/run-replays'
import { insertEvents } from '../../support/insert-events'
import {
  dumpReadModel,
  emptyEverything,
  emptyReadModel,
  fieldsThatMiscount,
  partnershipsThatMiscount,
  roomsThatMiscount,
} from '../../support/read-model'
import { contactBody, messageBody, partnershipBody } from '../../support/sample-bodies'

// They wait for locks and for statements to run out of time, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const ACTOR = 'ann@waggle.test'
const FOREVER = new AbortController().signal
const FEW = { events: 2, blame: false }

const HISTORY = [
  { eventType: 'partner_created', body: partnershipBody() },
  { eventType: 'partner_contact_created', body: contactBody() },
  ...Array.from({ length: 10 }, (_, index) => ({
    eventType: 'message_created',
    body: messageBody({ uuid: `message_${index}` }),
  })),
]

beforeEach(async () => {
  await emptyEverything()
  await db().$executeRaw`TRUNCATE replay_run, replay_change, replay_touched`
  await insertEvents(HISTORY)
  await drainPending()
})

test('the totals of a room in many batches are counted once, behind the last one', async () => {
  const right = await dumpReadModel()
  await corruptTotals()
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  await replayNextBatch(id, FEW)
  for (let batch = 0; batch < HISTORY.length / FEW.events; batch++) {
    expect(await replayNextBatch(id, FEW)).toBe('worked')
    expect(await roomsThatMiscount()).toHaveLength(1)
  }
  expect(await db().replayTouched.count({ where: { runId: id, kind: 'room' } })).toBe(1)
  while ((await replayNextBatch(id, FEW)) !== 'finished');
  expect(await dumpReadModel()).toEqual(right)
  expect(await db().replayTouched.count()).toBe(0)
})

test('of a run over an empty read model the totals are right at any time', async () => {
  await emptyReadModel()
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  for (let outcome = ''; outcome !== 'finished';) {
    outcome = await replayNextBatch(id, FEW)
    expect(await roomsThatMiscount()).toEqual([])
    expect(await partnershipsThatMiscount()).toEqual([])
    expect(await fieldsThatMiscount()).toEqual([])
  }
  expect(await db().message.count()).toBe(10)
})

test.each(['pause', 'cancel'] as const)(
  'the totals of what a run has named are counted when it is told to %s, too',
  async (command) => {
    const right = await dumpReadModel()
    await corruptTotals()
    const id = await createRun('replay', EVERY_EVENT, ACTOR)
    for (let batch = 0; batch < 4; batch++) await replayNextBatch(id, FEW)
    await controlRun(id, command)
    const stop = new AbortController()
    const working = runReplays({ signal: stop.signal })
    await expect.poll(() => db().replayTouched.count(), { timeout: 20_000 }).toBe(0)
    stop.abort()
    await working
    expect(await dumpReadModel()).toEqual(right)

    if (command === 'cancel') return
    await corruptTotals()
    await controlRun(id, 'resume')
    expect(await workOnRun(id, FOREVER)).toBe(true)
    expect(await roomsThatMiscount()).toEqual([])
  },
)

test('a dry run in small batches foretells which totals will be put right', async () => {
  await corruptTotals()
  const rows: RowChange[] = []
  await dryRun(
    { filter: EVERY_EVENT, retryOfId: null, repairOfId: null, upperSeq: await lastSeq() },
    { events: 2, rows: 100, onRows: async (page) => void rows.push(...page) },
  )
  const counts = rows.flatMap(({ table, fields }) =>
    fields.map(({ name, before, after }) => [table, name, before, after]),
  )
  expect(counts).toEqual(
    expect.arrayContaining([
      ['room', 'message_count', 77, 10],
      ['room', 'attachment_count', 3, 0],
      ['partnership_total', 'contact_count', 77, 1],
      ['partnership_total', 'message_count', 5, 10],
    ]),
  )
  expect(counts.every(([table]) => table !== 'message')).toBe(true)
})

test('a room that arrivals have moved meanwhile is counted where it is now, too', async () => {
  await corruptTotals()
  const id = await createRun('replay', EVERY_EVENT, ACTOR)
  while ((await run(id)).done < HISTORY.length) await replayNextBatch(id, FEW)
  const moved = messageBody({
    uuid: 'message_1',
    partnership_uuid: 'partnership_2',
    updated_at: 9e9,
  })
  await insertEvents([{ eventType: 'message_updated', body: moved }])
  await drainPending()
  expect(await db().room.findMany()).toMatchObject([{ partnershipUuid: 'partnership_2' }])
  while ((await replayNextBatch(id, FEW)) !== 'finished');
  expect(await roomsThatMiscount()).toEqual([])
  expect(await partnershipsThatMiscount()).toEqual([])
})

const run = (id: string) => db().replayRun.findUniqueOrThrow({ where: { id } })

async function corruptTotals(): Promise<void> {
  await db().$executeRaw`UPDATE room SET message_count = 77, attachment_count = 3`
  await db().$executeRaw`UPDATE partnership_total SET contact_count = 77, message_count = 5`
  await db().$executeRaw`UPDATE custom_field SET partnership_count = 77, contact_count = 78`
}
