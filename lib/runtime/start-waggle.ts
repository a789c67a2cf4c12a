import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { applyVariables, parseStartEnv, processVariables, type StartEnv } from '@/lib/env'
import { WEBHOOK_PATH } from '@/lib/webhook-address'
import { buildApp, isBuilt } from './build-app'
import { requireReachable } from './check-database'
import { startEmbeddedDatabase } from './embedded-database'
import { completeEnvFile, type EnvironmentFile } from './env-file'
import { generateClient } from './generate-client'
import { migrate } from './migrate'
import { startProjectorProcess } from './projector-process'
import { sampleCurl } from './sample-curl'
import { Steps, type Output } from './steps'

// Together below the ten seconds after which container runtimes kill.
const REQUESTS_PATIENCE_MS = 5_000
const PROJECTOR_PATIENCE_MS = 3_000
const DISCONNECT_PATIENCE_MS = 1_000

type Undo = () => Promise<unknown>

/**
 * Starts everything, serves until `stop` is aborted, and stops everything again in the opposite order.
 *
 * @throws EnvironmentError, StartError or MigrationError when a step fails; what had been started by then
 *   has been stopped.
 */
export async function startWaggle(output: Output, stop: AbortSignal): Promise<void> {
  const undo: Undo[] = []
  try {
    await start(output, undo, stop)
    if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve))
  } catch (error) {
    // A step that was cut short by the stop has not failed.
    if (!stop.aborted) throw error
  } finally {
    if (stop.aborted) output.write('\nStopping …\n')
    for (const step of undo.reverse()) await step()
  }
  output.write('Stopped.\n')
}

async function start(output: Output, undo: Undo[], stop: AbortSignal): Promise<void> {
  const steps = new Steps(output)
  const step: Steps['run'] = async (name, work) => {
    if (!stop.aborted) await steps.run(name, work)
  }
  let file!: EnvironmentFile
  let env!: StartEnv
  let databaseUrl!: string

  output.write('Waggle\n')
  await step('settings', async () => {
    const real = processVariables()
    const envFile = path.resolve(real.ENV_FILE || '.env')
    file = await completeEnvFile(envFile, real)
    env = parseStartEnv(file.variables)
    const shown = path.relative('.', envFile).startsWith('..')
      ? envFile
      : path.relative('.', envFile)
    return file.written.length > 0 ? `${shown}: wrote ${file.written.join(', ')}` : shown
  })
  await step('database', async (report) => {
    if (env.DATABASE_URL) {
      databaseUrl = env.DATABASE_URL
      await requireReachable(databaseUrl)
      return `${new URL(databaseUrl).host}, from DATABASE_URL`
    }
    report('PostgreSQL is starting')
    const database = await startEmbeddedDatabase(env.DATA_DIR, (text) => output.write(`${text}\n`))
    undo.push(database.stop)
    databaseUrl = database.url
    return `PostgreSQL on 127.0.0.1:${database.port}, data in ${database.place}`
  })
  await step('migrations', async (report) => {
    const applied = await migrate(databaseUrl, undefined, { report, stop })
    return applied.length > 0 ? `applied ${applied.join(', ')}` : 'up to date'
  })
  await step('client', async () => ((await generateClient()) ? 'generated' : 'up to date'))
  await step('build', async (report) => {
    if (await isBuilt()) return 'up to date'
    report('building, which takes a minute or so')
    await buildApp(stop)
    return 'built'
  })
  await step('server', async () => {
    applyVariables({
      ...file.variables,
      DATABASE_URL: databaseUrl,
      // The projector's process has another working directory.
      ATTACHMENTS_DIR: path.resolve(env.ATTACHMENTS_DIR ?? path.join(env.DATA_DIR, 'attachments')),
    })
    // Loaded now and not before: the one needs the generated client, the other looks at NODE_ENV, and both
    // load the log, which looks at LOG_LEVEL.
    const { disconnectDb } = await import('@/lib/db')
    undo.push(() => withinTime(disconnectDb(), DISCONNECT_PATIENCE_MS))
    const { serveApp } = await import('./app-server')
    const server = await serveApp(env.HOST, env.PORT, env.TRUST_PROXY)
    undo.push(() => server.stop(REQUESTS_PATIENCE_MS))
    return `${env.HOST}:${env.PORT}`
  })
  await step('projector', async () => {
    const projector = await startProjectorProcess((pauseMs) =>
      output.write(`The projector died; it starts again in ${pauseMs / 1000} s.\n`),
    )
    undo.push(() => projector.stop(PROJECTOR_PATIENCE_MS))
    return 'running'
  })
  if (!stop.aborted) output.write(await announcement(env, file))
}

// A database that hangs keeps its connections from ending; the stop does not wait for that.
async function withinTime(work: Promise<unknown>, ms: number): Promise<void> {
  const late = new AbortController()
  await Promise.race([work, delay(ms, undefined, { signal: late.signal }).catch(() => undefined)])
  late.abort()
}

async function announcement(env: StartEnv, { written }: EnvironmentFile): Promise<string> {
  const url = addressOf(env)
  const webhook = url + WEBHOOK_PATH
  // Shown when it is made and never again: output ends up in log files.
  const password = written.includes('ADMIN_PASSWORD')
    ? `${env.ADMIN_PASSWORD} (shown only now; it is in the settings file)`
    : 'the ADMIN_PASSWORD of your settings'
  return [
    '',
    `  Open       ${url}`,
    `  Sign in    ${env.ADMIN_EMAIL}`,
    `  Password   ${password}`,
    `  Webhook    ${webhook}`,
    '',
    '  Try it (this token is valid for an hour; `npm run send` sends more):',
    '',
    await sampleCurl(webhook, env.INTEGRATION_UUID[0]!),
    '',
    `Waggle is ready at ${url}`,
    '',
  ].join('\n')
}

function addressOf({ PUBLIC_URL, HOST, PORT }: StartEnv): string {
  if (PUBLIC_URL) return PUBLIC_URL
  const host = ['0.0.0.0', '::', '*'].includes(HOST) ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
}
