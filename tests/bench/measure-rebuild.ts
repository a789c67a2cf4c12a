import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { processVariables } from '@/lib/env'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'
import { migrate } from '@/lib/runtime/migrate'
import { benchDeliveries } from './bench-requests'
import type { BenchServer } from './bench-server'
import { fillBacklog } from './fill-backlog'
import { waitUntilProjected } from './pending-events'
import { cpuSeconds, parentOf } from './process-cpu'
import { childMemory, residentMemory } from './process-memory'
import { BENCH_SECRET, settingsFor, startWaggleProcess } from './receiver-processes'
import { startSteadyLoad } from './steady-load'

/** A rebuild of the whole read model by a running Waggle that receives meanwhile; memory in MiB. */
export type RebuildReport = {
  events: number
  seconds: number
  eventsPerSecond: number
  /** Each with the CPU that it took of Waggle's processes and of Postgres's, in seconds; 0 where it is elsewhere. */
  stages: Stage[]
  /** Of the process that rebuilds and projects: ten samples over the run. */
  memory: number[]
  peakMemory: number
  /** What was sent meanwhile, one event at a time; times in milliseconds, from the request to its answer, and
   * from the event's being received to its being in the read model. */
  meanwhile: {
    acknowledged: number
    stored: number
    notApplied: number
    answer: { p50: number; p99: number; longest: number }
    shown: { p50: number; p99: number; longest: number }
  }
  /** A check right after it. */
  parity: { compared: number; differences: number; seconds: number }
}

export type Stage = { name: string; seconds: number; node: number; postgres: number }

const EVENTS_A_SECOND = 20
const POLL_MS = 100
const SAMPLES_TOLD = 10
const MOST_OUTPUT = 1024 * 1024

const run = promisify(execFile)

/** Rebuilds from a log of so many events, through the command line, while others arrive. */
export async function measureRebuild(
  server: BenchServer,
  events: number,
  port: number,
  directory: string,
  say: (line: string) => void,
): Promise<RebuildReport> {
  const databaseUrl = await server.createDatabase('rebuild')
  await migrate(databaseUrl)
  say(`writing a log of ${events} events`)
  await fillBacklog(databaseUrl, benchDeliveries(7, events), 'applied')
  await server.checkpoint()
  const waggle = await startWaggleProcess(databaseUrl, port, directory)
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    const load = await startSteadyLoad(port, BENCH_SECRET, EVENTS_A_SECOND)
    say('rebuilding')
    const postmaster = await findPostmaster(client)
    const started = performance.now()
    const command = waggleCommand(databaseUrl, 'rebuild')
    const watch = watchRun(client, waggle.child.pid ?? 0, command.pid, postmaster)
    await command.result.finally(watch.stop)
    const seconds = (performance.now() - started) / 1000
    const sent = await load.stop()
    await waitUntilProjected(databaseUrl)
    const meanwhile = await lookAtArrivals(client, sent.acknowledged)
    say('checking that it equals the log')
    const checked = performance.now()
    const { compared, differences } = await waggleCommand(databaseUrl, 'parity').result
    const { stages, memory } = await watch.result
    const step = Math.max(1, Math.floor(memory.length / SAMPLES_TOLD))
    return {
      events,
      seconds,
      eventsPerSecond: events / seconds,
      stages,
      memory: memory.filter((_, index) => index % step === 0),
      peakMemory: Math.max(0, ...memory),
      meanwhile: { ...meanwhile, answer: sent.answer },
      parity: {
        compared: Number(compared),
        differences: Number(differences),
        seconds: (performance.now() - checked) / 1000,
      },
    }
  } finally {
    await client.end()
    await waggle.stop()
  }
}

// Either the running Waggle does the work or the command, whichever comes first.
function watchRun(client: pg.Client, pid: number, command: number, postmaster: number) {
  let stopped = false
  let ofCommand = 0
  const memory: number[] = []
  const stages: Stage[] = []
  const cpu = async () => {
    // What it took stays known when it has ended.
    ofCommand = Math.max(ofCommand, await cpuSeconds(command))
    return { node: (await cpuSeconds(pid)) + ofCommand, postgres: await cpuSeconds(postmaster) }
  }
  const watch = async () => {
    let since = performance.now()
    let before = await cpu()
    const end = async () => {
      const [now, after] = [performance.now(), await cpu()]
      const last = stages.at(-1)
      if (last) {
        last.seconds += (now - since) / 1000
        last.node += after.node - before.node
        last.postgres += after.postgres - before.postgres
      }
      since = now
      before = after
    }
    while (!stopped) {
      const { rows } = await client.query<{ stage: string | null }>(
        `SELECT report ->> 'stage' AS stage FROM replay_run WHERE kind = 'rebuild'`,
      )
      const stage = rows[0]?.stage
      if (stage && stage !== stages.at(-1)?.name) {
        await end()
        stages.push({ name: stage, seconds: 0, node: 0, postgres: 0 })
      }
      memory.push(Math.max(await childMemory(pid), await residentMemory(command)))
      await delay(POLL_MS)
    }
    await end()
    return { memory: memory.filter((size) => size > 0), stages }
  }
  return { result: watch(), stop: () => (stopped = true) }
}

async function findPostmaster(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return parentOf(rows[0]?.pid ?? 0)
}

/** Its result is rejected unless the command ends as one that did what it was asked for, or found differences. */
function waggleCommand(databaseUrl: string, name: 'rebuild' | 'parity') {
  const running = run(process.execPath, ['--import', 'tsx', 'lib/cli/waggle.ts', name, '--json'], {
    cwd: PROJECT_ROOT,
    maxBuffer: MOST_OUTPUT,
    env: processVariables(settingsFor(databaseUrl)),
  })
  const result = running
    .catch((error: { stdout?: string; message: string }) => {
      if (name === 'parity' && error.stdout) return { stdout: error.stdout }
      throw error
    })
    .then(({ stdout }) => JSON.parse(stdout) as Record<string, unknown>)
  return { pid: running.child.pid ?? 0, result }
}

async function lookAtArrivals(client: pg.Client, acknowledged: number) {
  const { rows } = await client.query<Record<string, number>>(
    `SELECT count(*)::int AS stored, (count(*) FILTER (WHERE status <> 'applied'))::int AS not_applied,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY late) AS p50,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY late) AS p99, max(late) AS longest
     FROM (SELECT status, 1000 * extract(epoch FROM processed_at - received_at)::float8 AS late
           FROM webhook_event WHERE secret_fingerprint <> 'benchmark') e`,
  )
  const { stored = 0, not_applied = 0, p50 = 0, p99 = 0, longest = 0 } = rows[0] ?? {}
  return { acknowledged, stored, notApplied: not_applied, shown: { p50, p99, longest } }
}
