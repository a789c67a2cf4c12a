import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 20
const HALF_WRITTEN_POLLS = 50

/** What a running PostgreSQL says of itself in `postmaster.pid` (PostgreSQL: miscadmin.h, LOCK_FILE_LINE_*). */
export type Postmaster = { pid: number; port: number; ready: boolean }

/** The content of a data directory's `postmaster.pid`; undefined when there is none or it is half written. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port, ready: lines[7]?.trim() === 'ready' }
}

/**
 * The server that is running on a data directory, if one is. A `postmaster.pid` that a crash left behind
 * is removed when its process is gone or, after a reboot, is another program with the same number:
 * PostgreSQL would take that one for itself and refuse to start.
 */
export async function findRunningPostmaster(data: string): Promise<Postmaster | undefined> {
  const file = path.join(data, 'postmaster.pid')
  let postmaster = await readPostmaster(data)
  // A server that starts fills the file at once; one that stays empty was cut off by a crash.
  for (let waits = 0; !postmaster && waits < HALF_WRITTEN_POLLS && existsSync(file); waits++) {
    await delay(POLL_MS)
    postmaster = await readPostmaster(data)
  }
  if (postmaster && isRunningOn(postmaster.pid, data)) return postmaster
  await rm(file, { force: true })
  return undefined
}

/** Whether a process exists; one that belongs to another user counts. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

// Anything else may name the directory too: an editor, a backup, a reader of the server's log.
function isRunningOn(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') {
      const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return path.basename(program) === 'postgres' && args[args.indexOf('-D') + 1] === data
    }
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return `${command.trim()} `.includes(`/bin/postgres -D ${data} `)
  } catch {
    // Where the command can't be told, the careful answer is that it runs.
    return true
  }
}

/**
 * Stops a server that is not our child: a fast shutdown, which writes a checkpoint, and if that takes too
 * long an immediate one, after which the next start recovers from the write-ahead log.
 *
 * @param data Its data directory: another process that got the same number is left alone.
 * @param patienceMs How long a shutdown may take before a harder one is tried.
 */
export async function stopPostmaster(pid: number, data: string, patienceMs: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    signalProcess(pid, signal)
    // One that was suspended acts on no other signal before this one.
    if (signal !== 'SIGKILL') signalProcess(pid, 'SIGCONT')
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(POLL_MS)) {
      if (!isRunningOn(pid, data)) return
    }
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in the meantime.
  }
}
