import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { migrate } from '@/lib/runtime/migrate'
import type { Delivery } from '@/lib/samples/delivery'
import { benchDeliveries } from './bench-requests'
import type { BenchServer } from './bench-server'
import { waitUntilProjected } from './pending-events'
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

const ROWS_PER_INSERT = 500
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
  await fillBacklog(databaseUrl, events)
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

async function fillBacklog(databaseUrl: string, events: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    let rows: object[] = []
    for (const delivery of benchDeliveries(7, events)) {
      rows.push(toRow(delivery))
      if (rows.length < ROWS_PER_INSERT) continue
      await insert(client, rows)
      rows = []
    }
    await insert(client, rows)
    await client.query('ANALYZE webhook_event')
  } finally {
    await client.end()
  }
}

function toRow({ eventType, claims, iat, body }: Delivery): object {
  const { company_uuid, user_uuid } = claims
  const { partnership, message } = JSON.parse(body) as Record<
    string,
    Record<string, string> | undefined
  >
  const id = uuidv7()
  return {
    id,
    event_type: eventType,
    company_uuid,
    user_uuid,
    partnership_uuid: partnership?.uuid ?? message?.partnership_uuid,
    message_uuid: message?.uuid,
    room_uuid: message?.room_uuid,
    body,
    claims: { ...claims, api_key: '[redacted]' },
    body_hash: createHash('sha256').update(id).update(body).digest('hex'),
    token_iat: new Date(iat * 1000),
    body_size: Buffer.byteLength(body),
  }
}

// As the receiver leaves them behind, but for the token: nothing here was signed.
async function insert(client: pg.Client, rows: object[]): Promise<void> {
  await client.query(
    `INSERT INTO webhook_event (id, event_type, company_uuid, user_uuid, partnership_uuid,
       message_uuid, room_uuid, body, claims, token_hash, body_hash, dedup_key, token_iat,
       secret_fingerprint, body_size, received_at, status)
     SELECT id, event_type, company_uuid, user_uuid, partnership_uuid, message_uuid, room_uuid,
       body, claims, decode(body_hash, 'hex'), decode(body_hash, 'hex'), decode(body_hash, 'hex'),
       token_iat, 'benchmark', body_size, now(), 'pending'
     FROM json_to_recordset($1::json) AS x(id uuid, event_type text, company_uuid text,
       user_uuid text, partnership_uuid text, message_uuid text, room_uuid text, body text,
       claims jsonb, body_hash text, token_iat timestamptz, body_size int)`,
    [JSON.stringify(rows)],
  )
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

/** MiB; 0 where the system does not tell (it is read from /proc). */
async function residentMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
