import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chown,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from './postgres-account'
import { readPostmaster } from './postmaster'
import { sharedBuffersMb } from './shared-buffers'
import { reasonOf, StartError } from './start-error'

const POLL_MS = 15
const LOG_LIMIT_BYTES = 10 * 1024 * 1024
// None of ours: PGDATA, PGPORT and their like would change what the server does.
const ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: '/usr/bin:/bin',
  LC_MESSAGES: 'C',
  TZ: 'UTC',
}

export const SUPERUSER = 'waggle'

/** A database cluster on disk and the program that serves it. */
export type Cluster = {
  /** DATA_DIR, or its stand-in: holds the cluster, its password and its log. */
  place: string
  data: string
  binaries: string
  account: Account
}

/**
 * Makes the cluster when there is none yet. It is made beside its place and renamed when it is whole, so
 * that a start which is killed half-way is simply begun anew.
 */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  const { place, data } = cluster
  await removeAbandoned(place)
  if (await exists(path.join(data, 'PG_VERSION'))) {
    if (await exists(path.join(place, 'password'))) return
    throw new StartError(`${path.join(place, 'password')} is missing: put it back from a backup.`)
  }
  const incoming = path.join(place, `postgres.${process.pid}`)
  await initialise(cluster, incoming)
  try {
    await rename(incoming, data)
  } catch (error) {
    await rm(incoming, { recursive: true, force: true })
    // Another start was faster: its cluster is as good as ours.
    if (!(await exists(path.join(data, 'PG_VERSION')))) {
      throw new StartError(`The database could not be made in ${data}: ${reasonOf(error)}.`)
    }
  }
}

async function initialise({ place, binaries, account }: Cluster, directory: string): Promise<void> {
  const passwordFile = path.join(place, `password.${process.pid}`)
  await writeFile(passwordFile, await ensurePassword(place), { mode: 0o600 })
  if (account) await chown(passwordFile, account.uid, account.gid)
  try {
    await makeEmptyDirectory(directory, account)
    let output = ''
    // Sorting and case do not depend on the machine (the builtin provider); only the classes of
    // characters, which pg_trgm asks for, come from the C library, under whatever name it has them.
    for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
      const [code, text] = await run(
        path.join(binaries, 'bin/initdb'),
        [
          ...['-D', directory, '-U', SUPERUSER, `--pwfile=${passwordFile}`],
          ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', `--lc-ctype=${ctype}`],
          ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
        ],
        account,
      )
      if (code === 0) return
      output = text
      await makeEmptyDirectory(directory, account)
    }
    const lines = output.trim().split('\n')
    const reason = lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1)
    throw new StartError(`The database could not be made in ${place}: ${reason}.`)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function makeEmptyDirectory(directory: string, account: Account): Promise<void> {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { mode: 0o700 })
  if (account) await chown(directory, account.uid, account.gid)
}

/** The superuser's password, made at first use: only this file's owner can read it. */
export async function ensurePassword(place: string): Promise<string> {
  const file = path.join(place, 'password')
  const password = randomBytes(24).toString('base64url')
  try {
    await writeFile(file, password, { mode: 0o600, flag: 'wx', flush: true })
    return password
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFile(file, 'utf8')
    throw new StartError(`${file} can't be written: ${reasonOf(error)}.`)
  }
}

/**
 * Starts the server on the loopback address and waits until it takes connections, however long a recovery
 * after a crash may take.
 *
 * @param preferredPort The port to try first, so that addresses outlive a restart.
 * @throws StartError with the last line of the server's log.
 */
export async function startServer(
  cluster: Cluster,
  preferredPort?: number,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 0; ; attempt++) {
    const port = await freePort(attempt === 0 ? preferredPort : undefined)
    const child = await spawnServer(cluster, port)
    if (await becomesReady(child, cluster.data)) return { child, port }
    const reason = await lastLogLine(cluster.place)
    // Somebody else took the port between the look and the start.
    if (attempt < 3 && /could not bind|could not create any TCP/i.test(reason)) continue
    throw new StartError(`The database in ${cluster.data} did not start: ${reason}`)
  }
}

async function spawnServer({ place, data, binaries, account }: Cluster, port: number) {
  const logPath = path.join(place, 'postgres.log')
  const size = (await stat(logPath).catch(() => undefined))?.size ?? 0
  if (size > LOG_LIMIT_BYTES) await rename(logPath, `${logPath}.1`)
  const log = await open(logPath, 'a', 0o600)
  if (account) await log.chown(account.uid, account.gid)
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: 100,
    shared_buffers: `${sharedBuffersMb()}MB`,
    max_wal_size: '2GB',
    jit: 'off',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // In a session of its own: Ctrl-C goes to every process of the terminal's group, and the database
  // must outlive the requests in flight. It writes to a file, not a pipe, so that it can outlive us too.
  const child = spawn(path.join(binaries, 'bin/postgres'), ['-D', data, ...flags], {
    ...account,
    cwd: data,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: ENVIRONMENT,
  })
  child.on('error', () => undefined)
  await log.close()
  return child
}

async function becomesReady(child: ChildProcess, data: string): Promise<boolean> {
  const ended = () => child.exitCode !== null || child.signalCode !== null || !child.pid
  while (!ended()) {
    const postmaster = await readPostmaster(data)
    if (postmaster?.pid === child.pid && postmaster?.ready) return true
    await delay(POLL_MS)
  }
  return false
}

async function lastLogLine(place: string): Promise<string> {
  const text = await readFile(path.join(place, 'postgres.log'), 'utf8').catch(() => '')
  const lines = text.trim().split('\n')
  const line = lines.findLast((candidate) => /FATAL|PANIC/.test(candidate)) ?? lines.at(-1) ?? ''
  return line.replace(/^.*?(FATAL|PANIC):\s*/, '') || 'it ended without a word'
}

async function freePort(preferred?: number): Promise<number> {
  const probe = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      const server = net.createServer()
      server.once('error', () => resolve(undefined))
      server.listen(port, '127.0.0.1', () => {
        const { port: bound } = server.address() as net.AddressInfo
        server.close(() => resolve(bound))
      })
    })
  const port = (preferred && (await probe(preferred))) || (await probe(0))
  if (!port) throw new StartError('No port is free on 127.0.0.1 for the database.')
  return port
}

async function removeAbandoned(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const pid = /^(?:postgres|password)\.(\d+)$/.exec(name)?.[1]
    if (pid && Number(pid) !== process.pid && !isRunning(Number(pid))) {
      await rm(path.join(place, name), { recursive: true, force: true })
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}

function run(program: string, args: string[], account: Account): Promise<[number | null, string]> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...account,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: ENVIRONMENT,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.on('error', (error) => resolve([null, reasonOf(error)]))
    child.on('close', (code) => resolve([code, output]))
  })
}
