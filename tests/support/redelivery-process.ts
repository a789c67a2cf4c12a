import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { disconnectDb } from '@/lib/db'
import { runRedeliveries } from '@/lib/redelivery/run-redeliveries'

/** Starts the worker in a process of its own, on the database and with the settings of the test. */
export async function forkRedelivery(): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, 'redelivery-process.ts'), ['run'], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

// What the process does that has been started so.
if (process.argv[2] === 'run' && process.send) {
  const stopping = new AbortController()
  process.once('disconnect', () => stopping.abort())
  process.send('started')
  await runRedeliveries(stopping)
  await disconnectDb()
}
