import { createHash } from 'node:crypto'
import { access, chmod, constants, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { canEnter, type Account } from './postgres-account'
import { SHARED_DIRECTORY } from './postgres-binaries'
import { reasonOf, StartError } from './start-error'

/**
 * The directory that holds the embedded database: DATA_DIR, or where the database's own user can't enter
 * it (root's home is closed to others) a directory under /var/lib/waggle that belongs to that DATA_DIR.
 *
 * @param dataDir DATA_DIR as set; relative to the working directory.
 * @throws StartError when it can't be made, read or written.
 */
export async function dataPlace(dataDir: string, account: Account): Promise<string> {
  const wanted = path.resolve(dataDir)
  await makeDirectory(wanted)
  if (canEnter(wanted, account)) return wanted
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  const reachable = path.join(SHARED_DIRECTORY, name)
  await makeDirectory(SHARED_DIRECTORY)
  await makeDirectory(reachable)
  return reachable
}

async function makeDirectory(directory: string): Promise<void> {
  try {
    const made = await mkdir(directory, { recursive: true })
    // Whatever the umask is, another user's database has to get through.
    if (made && process.getuid?.() === 0) await chmod(directory, 0o755)
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new StartError(`DATA_DIR ${directory} can't be used: ${reasonOf(error)}.`)
  }
}
