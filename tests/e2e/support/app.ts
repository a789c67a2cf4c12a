import { spawn, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { parse } from 'dotenv'
import { processVariables } from '@/lib/env'
import { PROJECT_ROOT } from '@/lib/runtime/project-files'
import { findRunningPostmaster } from '@/lib/runtime/postmaster'
import { temporaryDirectory } from '../../support/temporary-directory'

const READY = /^Waggle is ready at (\S+)$/m
const EMBEDDED = /PostgreSQL on 127\.0\.0\.1:(\d+), data in (.+)$/m

export type Exit = { code: number | null; signal: NodeJS.Signals | null }
type Variables = Record<string, string>

// A test that runs out of time does not reach its clean-up: its apps are stopped with the test process.
const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach((child) => child.kill('SIGTERM')))

/**
 * Starts the real `npm start`, without npm, as a process of its own: with an own directory, `.env`,
 * database and port. It fails when the app does not become ready.
 */
export async function startApp(variables: Variables = {}): Promise<App> {
  const app = await App.prepare(variables)
  try {
    await app.start()
    return app
  } catch (error) {
    await app.dispose()
    throw error
  }
}

/** A Waggle under test. Whoever made it calls `dispose`, which leaves no process and no file behind. */
export class App {
  /** Everything that it has printed since it was last started. */
  output = ''
  private child: ChildProcess | undefined
  private readonly printed = new EventEmitter()
  private readonly places = new Set<string>()

  private constructor(
    readonly directory: string,
    readonly port: number,
    private readonly variables: Variables,
  ) {}

  /** An app that has not been started yet. */
  static async prepare(variables: Variables = {}): Promise<App> {
    return new App(await temporaryDirectory(), await freePort(), variables)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get webhookUrl(): string {
    return `${this.url}/api/webhooks/journeybee`
  }

  get envFile(): string {
    return path.join(this.directory, '.env')
  }

  get pid(): number {
    return this.child!.pid!
  }

  /** The settings that it runs with: those of its `.env` below those that the test gave it. */
  async settings(): Promise<Variables> {
    return { ...parse(await readFile(this.envFile)), ...this.variables }
  }

  /** The first secret that it verifies tokens with. */
  async secret(): Promise<string> {
    return (await this.settings()).INTEGRATION_UUID!.split(',')[0]!
  }

  /** The embedded database, or the one that the test gave it. */
  async databaseUrl(): Promise<string> {
    if (this.variables.DATABASE_URL) return this.variables.DATABASE_URL
    const [, port, place] = EMBEDDED.exec(this.output)!
    const password = await readFile(path.join(place!, 'password'), 'utf8')
    return `postgres://waggle:${password}@127.0.0.1:${port}/waggle`
  }

  /** The process number of the embedded database. */
  async postmasterPid(): Promise<number> {
    const postmaster = await findRunningPostmaster(path.join(this.place(), 'postgres'))
    if (!postmaster) throw new Error('The embedded database is not running.')
    return postmaster.pid
  }

  /** Starts it and waits until it is ready. */
  async start(): Promise<void> {
    this.launch()
    const exited = once(this.child!, 'exit').then(() => {
      throw new Error(`Waggle ended before it was ready:\n${this.output}`)
    })
    await Promise.race([this.waitForOutput(READY), exited])
    exited.catch(() => undefined)
  }

  /** Starts it and waits until it has ended by itself. */
  async startAndFail(): Promise<Exit> {
    this.launch()
    return waitForExit(this.child!)
  }

  /** Resolves when what it printed matches. */
  async waitForOutput(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.output)) await once(this.printed, 'text')
  }

  /** Ends the reading of what it prints, as when its terminal is closed. */
  closeOutput(): void {
    this.child!.stdout!.destroy()
    this.child!.stderr!.destroy()
  }

  /** Asks it to stop and waits until it has. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.child!.kill(signal)
    return waitForExit(this.child!)
  }

  /** Kills the app's own process, not its children: the worst that can happen to it. */
  async kill9(): Promise<void> {
    await this.stop('SIGKILL')
  }

  async dispose(): Promise<void> {
    if (this.child && !hasEnded(this.child)) await this.stop()
    for (const place of this.places) {
      const postmaster = await findRunningPostmaster(path.join(place, 'postgres'))
      if (postmaster) process.kill(postmaster.pid, 'SIGKILL')
      await rm(place, { recursive: true, force: true, maxRetries: 10 })
    }
    await rm(this.directory, { recursive: true, force: true, maxRetries: 10 })
  }

  private launch(): void {
    this.output = ''
    this.child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/start.ts'], {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...ofThisMachine(),
        NODE_ENV: 'production',
        ENV_FILE: this.envFile,
        DATA_DIR: path.join(this.directory, 'data'),
        PORT: String(this.port),
        LOG_LEVEL: 'warn',
        // What a test has put into the log as of yesterday is not to be checked behind its back.
        PARITY_CHECK_HOUR: 'off',
        // The hosts of files that tests start are on this machine.
        FETCH_ALLOW_LOOPBACK: 'true',
        REDELIVERY_ALLOW_LOOPBACK: 'true',
        ...this.variables,
      },
    })
    const { child } = this
    running.add(child)
    child.once('exit', () => running.delete(child))
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        if (EMBEDDED.test(this.output)) this.places.add(this.place())
        this.printed.emit('text')
      })
    }
  }

  private place(): string {
    return EMBEDDED.exec(this.output)![2]!
  }
}

// Nothing of the test run's own settings may leak into the app.
function ofThisMachine(): Variables {
  const { PATH = '', HOME = '' } = processVariables()
  return { PATH, HOME }
}

async function waitForExit(child: ChildProcess): Promise<Exit> {
  // "close" comes when both output streams have been read to their end, "exit" may come before.
  if (!hasEnded(child)) await once(child, 'close')
  return { code: child.exitCode, signal: child.signalCode }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
