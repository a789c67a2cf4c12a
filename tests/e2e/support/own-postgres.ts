import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import {
  ensureCluster,
  ensurePassword,
  startServer,
  SUPERUSER,
  type Cluster,
} from '@/lib/runtime/database-cluster'
import { dataPlace } from '@/lib/runtime/data-place'
import { postgresAccount } from '@/lib/runtime/postgres-account'
import { postgresBinaries } from '@/lib/runtime/postgres-binaries'
import { stopPostmaster } from '@/lib/runtime/postmaster'
import { temporaryDirectory } from '../../support/temporary-directory'
import { descendantsOf } from './processes'

const PATIENCE_MS = 20_000

/**
 * A PostgreSQL that is nobody's child but the test's: what DATABASE_URL names in production. The test
 * stops it, suspends it and brings it back.
 */
export class OwnPostgres {
  private constructor(
    private readonly directory: string,
    private readonly cluster: Cluster,
    private child: ChildProcess,
    private readonly port: number,
    readonly url: string,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const directory = await temporaryDirectory()
    const account = await postgresAccount()
    const place = await dataPlace(path.join(directory, 'data'), account)
    const binaries = await postgresBinaries(account)
    const cluster = { place, data: path.join(place, 'postgres'), binaries, account }
    await ensureCluster(cluster)
    const { child, port } = await startServer(cluster)
    const password = await ensurePassword(place)
    const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`
    return new OwnPostgres(directory, cluster, child, port, url)
  }

  /** A fast shutdown, as an administrator does it: sessions are cut, everything is written out. */
  async stop(): Promise<void> {
    await stopPostmaster(this.child.pid!, this.cluster.data, PATIENCE_MS)
  }

  /** Starts it again after `stop`, at the same address. */
  async startAgain(): Promise<void> {
    this.child = (await startServer(this.cluster, this.port)).child
  }

  /** Nothing in it moves any more, but its connections stay open: what a machine looks like that hangs. */
  suspend(): void {
    this.signalAll('SIGSTOP')
  }

  resume(): void {
    this.signalAll('SIGCONT')
  }

  async dispose(): Promise<void> {
    this.resume()
    await this.stop()
    for (const directory of [this.cluster.place, this.directory]) {
      await rm(directory, { recursive: true, force: true, maxRetries: 10 })
    }
  }

  private signalAll(signal: NodeJS.Signals): void {
    const postmaster = this.child.pid!
    for (const pid of [postmaster, ...descendantsOf(postmaster)]) {
      try {
        process.kill(pid, signal)
      } catch {
        // It ended in between.
      }
    }
  }
}
