import { execFile, spawnSync } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { StartError } from './start-error'

const run = promisify(execFile)
const NAME = 'postgres'

/** The account that the database runs as; undefined means the one that Waggle itself runs as. */
export type Account = { uid: number; gid: number } | undefined

/**
 * PostgreSQL refuses to run as root. As root this finds the system user `postgres`, and creates it when
 * there is none.
 *
 * @throws StartError when there is no such user and none can be created.
 */
export async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined
  const found = await findAccount()
  if (found) return found
  try {
    await run('groupadd', ['--system', '--force', NAME])
    await run('useradd', [
      ...['--system', '--no-create-home', '--home-dir', '/nonexistent'],
      ...['--shell', '/usr/sbin/nologin', '--gid', NAME, NAME],
    ])
  } catch {
    // Another start may have created it in the same moment: the second look decides.
  }
  const created = await findAccount()
  if (created) return created
  throw new StartError(
    'PostgreSQL does not run as root, and the user "postgres" could not be created: ' +
      'create it, start Waggle as another user, or set DATABASE_URL.',
  )
}

/**
 * The owner of data that are there already, when we are root: a database that another user has made is
 * run as that user, whose files it could not read otherwise.
 */
export async function ownerOf(data: string): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined
  const found = await stat(data).catch(() => undefined)
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

async function findAccount(): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, NAME])).stdout)),
    )
    return { uid: uid!, gid: gid! }
  } catch {
    return undefined
  }
}

/** Whether the account can enter a directory that exists: every part of its path must let it through. */
export function canEnter(directory: string, account: Account): boolean {
  if (!account) return true
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  })
  return status === 0
}
