import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PROJECT_ROOT } from './project-files'

const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 30_000
// One that has run for this long was not broken from the start: the next pause is short again.
const HEALTHY_MS = 60_000

/**
 * What the projector's Node is started with. A young generation of 16 MiB a half: with 8 MiB the two batches of a
 * backlog outlived it and were copied, for a fifth more CPU; 32 MiB save hardly anything more.
 */
export const PROJECTOR_ARGUMENTS = ['--max-semi-space-size=16', '--import', 'tsx']

export type ProjectorProcess = {
  /** Lets the batch in hand finish for up to `patienceMs`, then kills. An event is never half projected. */
  stop: (patienceMs: number) => Promise<void>
}

/**
 * Runs the projector in a process of its own and starts it again when it dies.
 *
 * @param onDeath Told when it died, with the pause before the next attempt in milliseconds.
 * @returns When it has started.
 */
export async function startProjectorProcess(
  onDeath: (pauseMs: number) => void,
): Promise<ProjectorProcess> {
  let worker = forkWorker()
  let startedAt = Date.now()
  let pause = FIRST_BACKOFF_MS
  let stopping = false

  const watch = () => worker.once('exit', () => void restart())
  const restart = async () => {
    if (stopping) return
    if (Date.now() - startedAt > HEALTHY_MS) pause = FIRST_BACKOFF_MS
    onDeath(pause)
    await delay(pause, undefined, { ref: false })
    pause = Math.min(pause * 2, LONGEST_BACKOFF_MS)
    if (stopping) return
    worker = forkWorker()
    startedAt = Date.now()
    watch()
  }
  watch()
  await Promise.race([once(worker, 'message'), once(worker, 'exit')])

  return {
    stop: async (patienceMs) => {
      stopping = true
      if (worker.exitCode !== null || worker.signalCode !== null) return
      const ended = once(worker, 'exit')
      if (worker.connected) worker.send('stop')
      const timer = setTimeout(() => worker.kill('SIGKILL'), patienceMs)
      await ended
      clearTimeout(timer)
    },
  }
}

function forkWorker(): ChildProcess {
  return fork(path.join(import.meta.dirname, 'projector-worker.ts'), {
    cwd: PROJECT_ROOT,
    execArgv: PROJECTOR_ARGUMENTS,
    // In a session of its own, as Ctrl-C would otherwise reach it before the receiver has finished.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}
