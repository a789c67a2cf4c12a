import { chmod, mkdtemp } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/**
 * A new empty directory. Its creator removes it. Others may enter it: as root, the database of a test runs
 * as another user.
 */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'waggle-'))
  await chmod(directory, 0o755)
  return directory
}
