import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { listRunEvents } from '@/lib/redelivery/list-run-events'
import {
  deliveriesOf,
  emptyRedelivery,
  findRun,
  isFinished,
  newDestination,
  newRun,
  redeliverUntil,
  storeManyEvents,
} from '../../support/redelivery'
import { forkRedelivery, killAndWait } from '../../support/redelivery-process'
import { witness } from '../../support/redelivery-witness'

const EVENTS = 5
const PATIENCE_MS = 120_000
const WAIT = { timeout: 30_000, interval: 50 }

beforeEach(emptyRedelivery)

test(
  'a process that is suspended in the middle of a claim keeps its destination from others for moments only',
  async () => {
    const outside = await witness()
    await storeManyEvents(EVENTS)
    const destination = await newDestination(outside.url, { order: 'in_order' })
    const run = await findRun(await newRun(destination))
    await listRunEvents()
    const enable = (enabled: boolean) =>
      db().destination.update({ where: { id: destination }, data: { enabled } })
    await enable(false)
    const worker = await forkRedelivery()
    try {
      await db().$transaction(
        async (tx) => {
          // A claim locks its destination first, and then waits here.
          await tx.$executeRaw`LOCK TABLE delivery IN EXCLUSIVE MODE`
          await enable(true)
          await vi.waitFor(async () => expect(await countWaiting()).toBe(1), WAIT)
          worker.kill('SIGSTOP')
          await vi.waitFor(async () => expect(await stateOf(worker.pid!)).toMatch(/^T/), WAIT)
        },
        { timeout: PATIENCE_MS },
      )
      await redeliverUntil(() => isFinished(run.id))
      expect(await deliveriesOf(run.seq)).toMatchObject(
        Array(EVENTS).fill({ state: 'delivered', attempts: 1 }),
      )

      // It wakes, finds its claim gone, and goes on with what there is then.
      worker.kill('SIGCONT')
      const next = await newRun(destination)
      await vi.waitFor(async () => expect(await isFinished(next)).toBe(true), WAIT)
      expect(outside.arrived.map(({ attempt }) => attempt)).toEqual(Array(2 * EVENTS).fill('1'))
    } finally {
      await killAndWait(worker)
    }
  },
  PATIENCE_MS,
)

async function countWaiting(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks
    WHERE NOT granted AND relation = 'delivery'::regclass
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return row!.count
}

/** What a process is at, as `ps` has it: T is suspended. */
async function stateOf(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'state=', '-p', String(pid)])
  return stdout.trim()
}
