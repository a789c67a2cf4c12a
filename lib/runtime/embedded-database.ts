import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { dataPlace } from './data-place'
import {
  ensureCluster,
  ensurePassword,
  startServer,
  SUPERUSER,
  type Cluster,
} from './database-cluster'
import { ownerOf, postgresAccount } from './postgres-account'
import { postgresBinaries } from './postgres-binaries'
import { findRunningPostmaster, stopPostmaster, type Postmaster } from './postmaster'
import { StartError } from './start-error'

/** The name of the database in the embedded server. */
export const EMBEDDED_DATABASE = 'waggle'
// Held for as long as Waggle runs on this cluster. The server gives it up by itself when our process
// dies, however it dies, which no lock file does.
const OWNER_LOCK = 731_202_601
const CONNECT_TIMEOUT_MS = 2_000
// A server whose client was killed notices within milliseconds, unless it is busy.
const TAKEOVER_MS = 3_000
// How long a server that starts up is waited for; if it takes longer, the start is refused.
const RECOVERY_MS = 20_000
// SQLSTATEs (PostgreSQL, appendix A).
const CANNOT_CONNECT_NOW = '57P03'
const TOO_MANY_CONNECTIONS = '53300'
const SHUTDOWN_MS = 60_000
const FIRST_BACKOFF_MS = 250
const LONGEST_BACKOFF_MS = 10_000

export type EmbeddedDatabase = {
  /** `postgres://` connection string with the password in it. */
  url: string
  /** Where the data lies. */
  place: string
  port: number
  /** Writes everything out and ends the server. */
  stop: () => Promise<void>
}

/**
 * Starts the embedded PostgreSQL on DATA_DIR and keeps it running: a server that dies is started again
 * on the same port. A server that an earlier Waggle left behind (kill -9) is stopped first.
 *
 * @param dataDir DATA_DIR as set.
 * @param onRestart Told when the server died and was started again.
 * @throws StartError when another Waggle uses this DATA_DIR, or the server can't be started.
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  onRestart: (message: string) => void = () => undefined,
): Promise<EmbeddedDatabase> {
  const account = (await ownerOf(path.resolve(dataDir, 'postgres'))) ?? (await postgresAccount())
  const place = await dataPlace(dataDir, account)
  const binaries = await postgresBinaries(account)
  const cluster: Cluster = { place, data: path.join(place, 'postgres'), binaries, account }
  const lastPort = await releaseFromEarlierStart(cluster)
  await ensureCluster(cluster)
  const running = await startOrRefuse(cluster, lastPort)
  const supervision = supervise(cluster, running, onRestart)
  try {
    await createDatabase(cluster, running.port)
  } catch (error) {
    await supervision.stop()
    throw error
  }
  return {
    url: await address(cluster, running.port, EMBEDDED_DATABASE),
    place,
    port: running.port,
    ...supervision,
  }
}

type Running = { child: ChildProcess; port: number; owner: pg.Client }

// Two first starts in the same moment both find nothing running; the server lets one of them in.
async function startOrRefuse(cluster: Cluster, port: number | undefined): Promise<Running> {
  try {
    const server = await startServer(cluster, port)
    return { ...server, owner: await ownServer(cluster, server.port) }
  } catch (error) {
    if (!(await findRunningPostmaster(cluster.data))) throw error
    throw alreadyRunning(cluster)
  }
}

function alreadyRunning({ place }: Cluster): StartError {
  return new StartError(
    `Another Waggle is running on DATA_DIR ${place}: stop it, or set DATA_DIR to a directory of its own.`,
  )
}

/** @returns The port of the server that was found and stopped. */
async function releaseFromEarlierStart(cluster: Cluster): Promise<number | undefined> {
  const postmaster = await findRunningPostmaster(cluster.data)
  if (!postmaster) return undefined
  if (await isOwned(cluster, postmaster)) throw alreadyRunning(cluster)
  await stopPostmaster(postmaster.pid, cluster.data, SHUTDOWN_MS)
  return postmaster.port
}

/**
 * Whether a living Waggle works with the server. One that is full is somebody's. One that is starting up or
 * recovering lets nobody in: it is waited for, and then its owner has a moment to come back first.
 */
async function isOwned(cluster: Cluster, { port }: Postmaster): Promise<boolean> {
  const started = Date.now()
  let patience = TAKEOVER_MS
  let ownerMayReturn = false
  for (; ; await delay(50)) {
    try {
      const client = await ownServer(cluster, port)
      await client.end()
      if (!ownerMayReturn) return false
      ownerMayReturn = false
      await delay(TAKEOVER_MS)
    } catch (error) {
      const { code } = error as { code?: string }
      if (code === CANNOT_CONNECT_NOW) {
        patience = RECOVERY_MS
        ownerMayReturn = true
      }
      if (Date.now() - started < patience) continue
      if (error instanceof OwnedError) return true
      // What does not answer at all: nobody can be working with it.
      return code === CANNOT_CONNECT_NOW || code === TOO_MANY_CONNECTIONS
    }
  }
}

class OwnedError extends Error {}

async function ownServer(cluster: Cluster, port: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: await address(cluster, port, 'postgres'),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'waggle owner',
    keepAlive: true,
  })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ owned: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS owned',
    [OWNER_LOCK],
  )
  if (rows[0]?.owned) return client
  await client.end()
  throw new OwnedError()
}

function supervise(cluster: Cluster, first: Running, onRestart: (message: string) => void) {
  let running = first
  const stopping = new AbortController()
  let repair: Promise<void> | undefined

  const pauseUnlessStopping = (ms: number) =>
    delay(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
  const restore = async () => {
    for (let pause = FIRST_BACKOFF_MS; ; pause = Math.min(pause * 2, LONGEST_BACKOFF_MS)) {
      await pauseUnlessStopping(pause)
      if (stopping.signal.aborted) return
      try {
        const died = hasEnded(running.child)
        if (died) running = { ...running, ...(await startServer(cluster, running.port)) }
        running.owner = await ownServer(cluster, running.port)
        watch()
        return onRestart(
          died
            ? 'The database had stopped and was started again.'
            : 'The connection that marks the database as ours broke and was made again.',
        )
      } catch {
        // The database's log says why; the next attempt comes after a longer pause.
      }
    }
  }
  // The owner's connection ends with the server, but also when the server lives and cuts all of them.
  const watch = () => {
    running.owner.once('end', () => {
      if (!stopping.signal.aborted) repair = restore()
    })
  }
  watch()

  return {
    stop: async () => {
      stopping.abort()
      await repair
      const { child, owner } = running
      await owner.end().catch(() => undefined)
      if (hasEnded(child)) return
      const ended = once(child, 'exit')
      await stopPostmaster(child.pid!, cluster.data, SHUTDOWN_MS)
      await ended
    },
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || !child.pid
}

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: await address(cluster, port, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
      EMBEDDED_DATABASE,
    ])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${EMBEDDED_DATABASE}`)
  } finally {
    await client.end()
  }
}

async function address({ place }: Cluster, port: number, database: string): Promise<string> {
  return `postgres://${SUPERUSER}:${await ensurePassword(place)}@127.0.0.1:${port}/${database}`
}
