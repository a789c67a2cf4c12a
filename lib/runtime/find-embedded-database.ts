import { existsSync } from 'node:fs'
import path from 'node:path'
import { dataPlace } from './data-place'
import { ensurePassword, SUPERUSER } from './database-cluster'
import { EMBEDDED_DATABASE } from './embedded-database'
import { ownerOf, postgresAccount } from './postgres-account'
import { findRunningPostmaster } from './postmaster'
import { StartError } from './start-error'

/**
 * The address of the embedded database that a running Waggle works with, for programs beside it. Starts
 * nothing and makes no directory.
 *
 * @param dataDir DATA_DIR as set.
 * @throws StartError when none is running there.
 */
export async function findEmbeddedDatabase(dataDir: string): Promise<string> {
  const notRunning = new StartError(
    `Waggle is not running on DATA_DIR ${path.resolve(dataDir)}: start it with npm start, or set DATABASE_URL.`,
  )
  if (!existsSync(dataDir)) throw notRunning
  const account = (await ownerOf(path.resolve(dataDir, 'postgres'))) ?? (await postgresAccount())
  const place = await dataPlace(dataDir, account)
  const postmaster = await findRunningPostmaster(path.join(place, 'postgres'))
  if (!postmaster) throw notRunning
  const password = await ensurePassword(place)
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/${EMBEDDED_DATABASE}`
}
