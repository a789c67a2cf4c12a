import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { disconnectDb } from '@/lib/db'
import { runRedeliveries } from '@/lib/redelivery/run-redeliveries'

/**
 * Starts the worker in a process of its own, on the database and with the settings of the test.
 *
 * @param logLevel What it logs can be read from its stdout.
 */
export async function forkRedelivery(logLevel = 'silent'): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, 'redelivery-process.ts'), ['run'], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, LOG_LEVEL: logLevel },
    stdio: ['ignore', logLevel === 'silent' ? 'inherit' : 'pipe', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

// Dead, and not merely asked to die: from here on it can send nothing.
export async function killAndWait(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const exit = once(worker, 'exit')
  worker.kill('SIGKILL')
  await exit
}

// What the process does that has been started so.
if (process.argv[2] === 'run' && process.send) {
  const stopping = new AbortController()
  process.once('disconnect', () => stopping.abort())
  process.send('started')
  await runRedeliveries(stopping)
  await disconnectDb()
}
