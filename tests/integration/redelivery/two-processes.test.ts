import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { beforeEach, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { sealSecret } from '@/lib/secret-box'
import {
  deliveriesOf,
  emptyRedelivery,
  endLeases,
  findRun,
  isFinished,
  newDestination,
  newRun,
  storeManyEvents,
} from '../../support/redelivery'
import { forkRedelivery, killAndWait } from '../../support/redelivery-process'
import { ENCRYPTION_KEY } from '../../support/redelivery-settings'
import { witness } from '../../support/redelivery-witness'
import { storeEvent } from '../../support/store-event'

const EVENTS = 60
const PATIENCE_MS = 120_000

beforeEach(emptyRedelivery)

test.each([
  ['killed', 'SIGKILL', 'parallel'],
  ['stopped, and wakes when its leases are over,', 'SIGSTOP', 'parallel'],
  ['killed, in order', 'SIGKILL', 'in_order'],
] as const)(
  'of two processes that share a run one is %s: the other finishes it, and each event counts once',
  async (_name, signal, order) => {
    const outside = await witness()
    await storeManyEvents(EVENTS)
    const destination = await newDestination(outside.url, { order, atOnce: '4' })
    const run = await findRun(await newRun(destination))
    const workers: ChildProcess[] = [await forkRedelivery(), await forkRedelivery()]
    try {
      await outside.receives(10)
      const begun = new Set<string>()
      const end = async () => {
        workers[0]!.kill(signal)
        for (const { eventSeq, number } of await unfinishedAttempts())
          begun.add(`${eventSeq}.${number}`)
        await endLeases()
      }
      await end()
      while (!(await isFinished(run.id))) {
        const before = outside.arrived.length
        await outside.receives(1)
        if (signal === 'SIGKILL' || outside.arrived.length > before) continue
        // It was stopped in the middle of a transaction, and holds what it has locked.
        workers[0]!.kill('SIGCONT')
        await end()
      }
      if (signal === 'SIGSTOP') {
        workers[0]!.kill('SIGCONT')
        await outside.receives(1)
      }
      // What it had begun before it may end; nothing else is sent after it was recorded as done.
      const late = outside.afterDone.filter(({ seq, attempt }) => !begun.has(`${seq}.${attempt}`))
      expect(late).toEqual([])
      const deliveries = await deliveriesOf(run.seq)
      expect(deliveries.map(({ state }) => state)).toEqual(Array(EVENTS).fill('delivered'))
      expect(await findRun(run.id)).toMatchObject({ total: EVENTS, delivered: EVENTS, dead: 0 })
      expect(new Set(outside.arrived.map(({ seq }) => seq)).size).toBe(EVENTS)
      if (order === 'in_order') {
        const arrivals = outside.arrived.map(({ seq }) => seq)
        expect(arrivals).toEqual([...arrivals].sort((a, b) => Number(a - b)))
      }
    } finally {
      for (const worker of workers) await killAndWait(worker)
    }
  },
  PATIENCE_MS,
)

function unfinishedAttempts() {
  return db().deliveryAttempt.findMany({
    where: { finishedAt: null },
    select: { eventSeq: true, number: true },
  })
}

test('what keeps an event from being sent, and nobody foresaw, stands in the log', async () => {
  await storeEvent()
  const destination = await newDestination('https://crm.example/hook')
  // No form takes an empty secret, and none can sign a token.
  const secretBox = new Uint8Array(sealSecret('', ENCRYPTION_KEY, destination))
  await db().destination.update({ where: { id: destination }, data: { secretBox } })
  const run = await findRun(await newRun(destination))
  const worker = await forkRedelivery('error')
  let logged = ''
  worker.stdout!.on('data', (bytes: Buffer) => (logged += bytes.toString()))
  try {
    await vi.waitFor(async () => expect(await isFinished(run.id)).toBe(true), 20_000)
    expect(await deliveriesOf(run.seq)).toMatchObject([{ state: 'dead', errorCode: 'not_sent' }])
    await vi.waitFor(() => expect(logged).toContain('an event was not sent'), 20_000)
    const exit = once(worker, 'exit')
    worker.disconnect()
    await exit
  } finally {
    await killAndWait(worker)
  }
})
