import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { processVariables } from '@/lib/env'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'
import { PROJECTOR_ARGUMENTS } from '@/lib/runtime/projector-process'
import { scripts } from '../../package.json'

export const BENCH_SECRET = 'integration_benchmark-0000-4000-8000-000000000000'
export const BENCH_EMAIL = 'bench@waggle.example'

const READY = 'Waggle is ready at'

const TSX = ['--import', 'tsx']
// Waggle's server is measured with what `npm start` gives its Node.
const START = scripts.start.replace('exec node ', '').split(' ')

export type RunningProcess = { child: ChildProcess; stop: () => Promise<void> }

/**
 * Waggle as `npm start` serves it, projector included; builds first where the build is stale.
 *
 * @param more What Node is given besides.
 */
export async function startWaggleProcess(
  databaseUrl: string,
  port: number,
  directory: string,
  more: string[] = [],
): Promise<RunningProcess> {
  const variables = {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    HOST: '127.0.0.1',
    INTEGRATION_UUID: BENCH_SECRET,
    ADMIN_EMAIL: BENCH_EMAIL,
    ADMIN_PASSWORD: 'only for the benchmark',
    ENV_FILE: path.join(directory, 'bench.env'),
    LOG_LEVEL: 'info',
    // Its time is not what is measured.
    PARITY_CHECK_HOUR: 'off',
  }
  const child = forkScript(START.at(-1) ?? '', variables, [...more, ...START.slice(0, -1)])
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      // Kept until it is ready, then thrown away unread: a line a request, as in production.
      if (output.includes(READY)) return
      output += text
      if (output.includes(READY)) resolve()
    })
    child.stderr?.pipe(process.stderr)
    child.once('exit', () => reject(new Error(`Waggle did not start:\n${output}`)))
  })
  return { child, stop: () => stopProcess(child) }
}

/** The Express receiver; see express-receiver.ts. */
export async function startExpressProcess(
  databaseUrl: string,
  port: number,
): Promise<RunningProcess> {
  const child = forkScript('tests/bench/express-receiver.ts', {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    INTEGRATION_UUID: BENCH_SECRET,
    NODE_ENV: 'production',
  })
  child.stderr?.pipe(process.stderr)
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (first !== 'ready') throw new Error('The Express receiver did not start.')
  return { child, stop: () => stopProcess(child) }
}

/** The settings of a process of Waggle's that serves nobody. */
export function settingsFor(databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    INTEGRATION_UUID: BENCH_SECRET,
    ADMIN_EMAIL: BENCH_EMAIL,
    ADMIN_PASSWORD: 'only for the benchmark',
    NODE_ENV: 'production',
  }
}

/**
 * Runs a script that measures questions in a process of its own and sends what each took.
 *
 * @throws Error when it does not end as it should.
 */
export async function measureInProcess<Answer>(
  script: string,
  databaseUrl: string,
  onAnswer: (answer: Answer) => void = () => undefined,
): Promise<Answer[]> {
  const child = forkScript(script, settingsFor(databaseUrl))
  child.stderr?.pipe(process.stderr)
  const answers: Answer[] = []
  child.on('message', (message) => {
    answers.push(message as Answer)
    onAnswer(message as Answer)
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${script} ended with ${code}.`)
  return answers
}

/** The projector alone, as Waggle runs it beside its server. */
export function startProjectorAlone(databaseUrl: string): RunningProcess {
  const variables = {
    ...settingsFor(databaseUrl),
    LOG_LEVEL: 'warn',
    PARITY_CHECK_HOUR: 'off',
  }
  const child = forkScript('lib/runtime/projector-worker.ts', variables, PROJECTOR_ARGUMENTS)
  child.stdout?.pipe(process.stderr)
  child.stderr?.pipe(process.stderr)
  return { child, stop: () => stopProcess(child) }
}

/** Runs one of the project's scripts with an open message channel. */
export function forkScript(
  script: string,
  variables: Record<string, string> = {},
  execArgv = TSX,
): ChildProcess {
  return fork(path.join(PROJECT_ROOT, script), {
    cwd: PROJECT_ROOT,
    env: processVariables(variables),
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
