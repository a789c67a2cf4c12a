import type { ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { outsideServer } from '../../support/outside-server'
import {
  deliveriesOf,
  emptyRedelivery,
  findRun,
  isFinished,
  newDestination,
  newRun,
} from '../../support/redelivery'
import { forkRedelivery } from '../../support/redelivery-process'

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
    await storeMany()
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

/** A receiver that looks up, when an event arrives, whether its delivery is recorded as done. */
async function witness() {
  const arrived: { seq: bigint; attempt: string }[] = []
  const afterDone: bigint[] = []
  const arrival = new EventEmitter()
  const server = await outsideServer((request, response) => {
    request.resume()
    const [runId = '', seq = ''] = String(request.headers['waggle-delivery-id']).split('.')
    const eventSeq = BigInt(seq)
    arrived.push({ seq: eventSeq, attempt: String(request.headers['waggle-attempt']) })
    const asked = db().delivery.findFirstOrThrow({ where: { run: { id: runId }, eventSeq } })
    void asked.then(({ state }) => {
      if (state === 'delivered') afterDone.push(eventSeq)
      response.end('ok')
      arrival.emit('one')
    })
  })
  return {
    url: server.url,
    arrived,
    afterDone,
    /** Resolves when so many more have arrived, or nothing has for a moment. */
    receives: async (count: number) => {
      const until = arrived.length + count
      while (arrived.length < until) {
        const silence = AbortSignal.timeout(2_000)
        await once(arrival, 'one', { signal: silence }).catch(() => undefined)
        if (silence.aborted) return
      }
    },
  }
}

// Dead, and not merely asked to die: from here on it can send nothing.
async function killAndWait(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const exit = once(worker, 'exit')
  worker.kill('SIGKILL')
  await exit
}

// As a minute does.
async function endLeases(): Promise<void> {
  await db().$executeRaw`UPDATE delivery SET next_attempt_at = now() WHERE state = 'sending'`
}

async function storeMany(): Promise<void> {
  await db().$executeRaw`
    INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, body, claims, token_hash, body_hash,
      secret_fingerprint, body_size, received_at, status)
    SELECT gen_random_uuid(), 'partner_updated', 'c', 'u', '{}', '{}', '\\x00', '\\x00', 'f', 2, now(), 'applied'
    FROM generate_series(1, ${EVENTS})`
}

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
