import { once } from 'node:events'
import pg from 'pg'
import { migrate } from '@/lib/runtime/migrate'
import { benchDeliveries } from './bench-requests'
import type { BenchServer } from './bench-server'
import { fillBacklog } from './fill-backlog'
import { waitUntilProjected } from './pending-events'
import { residentMemory } from './process-memory'
import { startProjectorAlone } from './receiver-processes'

export type ProjectionReport = {
  events: number
  seconds: number
  eventsPerSecond: number
  /** Resident memory of the projector's process in MiB, ten samples over the run. */
  memory: number[]
  peakMemory: number
  failed: number
}

const SAMPLES_TOLD = 10
const MEMORY_SAMPLE_MS = 100

/** How fast a projector that starts on a backlog works it off, and what memory it takes meanwhile. */
export async function measureProjection(
  server: BenchServer,
  events: number,
  say: (line: string) => void,
): Promise<ProjectionReport & { databaseUrl: string }> {
  const databaseUrl = await server.createDatabase('backlog')
  await migrate(databaseUrl)
  say(`writing a backlog of ${events} events`)
  await fillBacklog(databaseUrl, benchDeliveries(7, events))
  await server.checkpoint()
  const { child, stop } = startProjectorAlone(databaseUrl)
  await once(child, 'message')
  const memory: number[] = []
  let sampledAt = 0
  const started = performance.now()
  let sampling: Promise<unknown> = Promise.resolve()
  await waitUntilProjected(databaseUrl, () => {
    if (performance.now() - sampledAt < MEMORY_SAMPLE_MS) return
    sampledAt = performance.now()
    sampling = residentMemory(child.pid).then((size) => size && memory.push(size))
  })
  const seconds = (performance.now() - started) / 1000
  await sampling
  await stop()
  const step = Math.max(1, Math.floor(memory.length / SAMPLES_TOLD))
  return {
    databaseUrl,
    events,
    seconds,
    eventsPerSecond: events / seconds,
    memory: memory.filter((_, index) => index % step === 0),
    peakMemory: Math.max(0, ...memory),
    failed: await countFailed(databaseUrl),
  }
}

async function countFailed(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM webhook_event WHERE status <> 'applied'`,
    )
    return Number(rows[0]?.count)
  } finally {
    await client.end()
  }
}
