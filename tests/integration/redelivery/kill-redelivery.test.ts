import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
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
import { witness } from '../../support/redelivery-witness'

const KILLS = 10
const EVENTS = 200
const PATIENCE_MS = 170_000

beforeEach(emptyRedelivery)

test.each([
  ['in order', { order: 'in_order' }, 11],
  ['in parallel', { order: 'parallel', atOnce: '4' }, 12],
] as const)(
  `kill -9 at ${KILLS} random moments, %s: every event arrives, and none after it was recorded as done`,
  async (_name, fields, seed) => {
    const random = seeded(seed)
    const outside = await witness()
    await storeManyEvents(EVENTS)
    const run = await findRun(await newRun(await newDestination(outside.url, fields)))
    let worker: ChildProcess | undefined
    try {
      for (let kill = 0; kill < KILLS; kill++) {
        worker = await forkRedelivery()
        await outside.receives(Math.floor(random() * 15))
        await delay(random() * 20)
        await killAndWait(worker)
        await endLeases()
      }
      worker = await forkRedelivery()
      while (!(await isFinished(run.id))) await outside.receives(1)
    } finally {
      if (worker) await killAndWait(worker)
    }

    expect(outside.afterDone, 'sent although it was recorded as done').toEqual([])
    const deliveries = await deliveriesOf(run.seq)
    expect(deliveries.map(({ state }) => state)).toEqual(Array(EVENTS).fill('delivered'))
    expect(await findRun(run.id)).toMatchObject({ total: EVENTS, delivered: EVENTS, dead: 0 })
    const arrivals = outside.arrived.map(({ seq }) => seq)
    expect(new Set(arrivals)).toEqual(new Set(deliveries.map(({ eventSeq }) => eventSeq)))
    if (fields.order === 'in_order') {
      expect(arrivals).toEqual([...arrivals].sort((a, b) => Number(a - b)))
    }
    // Each arrival is an attempt that is known of, and none bears the number of another.
    const known = await db().deliveryAttempt.count()
    expect(new Set(outside.arrived.map(({ seq, attempt }) => `${seq}.${attempt}`)).size).toBe(
      arrivals.length,
    )
    expect(known).toBeGreaterThanOrEqual(arrivals.length)
  },
  PATIENCE_MS,
)

// Mulberry32: the same seed gives the same moments.
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
